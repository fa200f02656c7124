// The clock of the view at rest.

export function show_clock(clock, day, lang) {
  const now = new Date();
  clock.textContent = now.toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clock.dateTime = clock.textContent;
  day.textContent = now.toLocaleDateString(lang, { month: 'long', day: 'numeric', weekday: 'long' });
}
