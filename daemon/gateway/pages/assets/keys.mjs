// The keyboard, and a numeric keypad alone: everything that can be touched can be keyed.

// press(what): 'help', 'language', 'delete', 'ok' or a digit.
export function listen_to_keys(press) {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const what = meaning(event.key);
    if (!what) return;
    // What has the focus is what Enter is for.
    if (what === 'ok' && document.activeElement?.matches('button, a, input, select')) return;
    event.preventDefault();
    if (!event.repeat) press(what);
  });
}

function meaning(key) {
  if (/^[0-9]$/.test(key)) return key;
  switch (key) {
    case 'F1':
    case 'Escape':
    case '*':
      return 'help';
    case '/':
      return 'language';
    case 'Backspace':
    case 'Delete':
    case '-':
    case '.':
      return 'delete';
    case 'Enter':
      return 'ok';
    default:
      return null;
  }
}
