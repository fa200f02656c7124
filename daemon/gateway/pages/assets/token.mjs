// The page's token: taken from the address once, kept for this tab alone, and gone from the address bar.

export function token() {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found) sessionStorage.setItem('token', found);
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return sessionStorage.getItem('token') ?? '';
}
