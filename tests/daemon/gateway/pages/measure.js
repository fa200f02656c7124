// What of a page is too small, too faint, covered, cut off or too quick. arguments: least text size, least target size.
const [least_text, least_target] = arguments;
const found = [];
const name = (element) => `${element.tagName.toLowerCase()}#${element.closest('[id]')?.id} "${element.textContent.trim().slice(0, 30)}"`;
// What is one pixel wide is there for screen readers alone.
const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !(element.getBoundingClientRect().width <= 1);

const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
const ground = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const colour = parts(getComputedStyle(one).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !seen(element) || element.closest('template, option')) continue;
  const style = getComputedStyle(element);
  const svg = element.closest('svg');
  const size = parseFloat(style.fontSize) * (svg ? element.getScreenCTM().a : 1);
  if (size < least_text - 0.01) found.push(`small: ${size.toFixed(1)} px ${name(element)}`);
  const ratio = contrast(parts(svg ? style.fill : style.color), svg ? parts(getComputedStyle(svg.querySelector('.card')).fill) : ground(element));
  if (ratio < 7) found.push(`faint: ${ratio.toFixed(2)} ${name(element)}`);
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  for (const box of range.getClientRects()) {
    if (box.width < 1) continue;
    if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) found.push(`off the screen: ${name(element)}`);
    for (const x of [box.left + 2, (box.left + box.right) / 2, box.right - 2]) {
      const there = document.elementFromPoint(x, (box.top + box.bottom) / 2);
      if (!there || !(element.contains(there) || there.contains(element))) found.push(`covered: ${name(element)} by ${there && name(there)}`);
    }
  }
}
for (const target of document.querySelectorAll('button, select, input:not([type="radio"]):not([type="checkbox"]), label:has([type="radio"]), label:has([type="checkbox"])')) {
  if (!seen(target)) continue;
  const box = target.getBoundingClientRect();
  if (box.width < least_target - 0.5 || box.height < least_target - 0.5) found.push(`target: ${box.width.toFixed(0)}x${box.height.toFixed(0)} ${name(target)}`);
  if (target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1) found.push(`does not hold its words: ${name(target)}`);
}
for (const one of [document.documentElement, document.body, ...document.querySelectorAll('main, main > *, main section, footer')]) {
  if (!seen(one)) continue;
  if (one.scrollHeight > one.clientHeight + 4 || one.scrollWidth > one.clientWidth + 4) found.push(`scrolls: ${name(one)}`);
}
for (const moving of document.getAnimations()) {
  const { duration } = moving.effect.getComputedTiming();
  if (duration < 2000) found.push(`quick: ${duration} ms ${name(moving.effect.target)}`);
}
return [...new Set(found)];
