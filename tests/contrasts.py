"""Texts of a page in a browser that WCAG 2 calls too faint to be read."""

from browsing import Page

SCRIPT = r"""
for (const part of document.querySelectorAll('[hidden]')) part.hidden = false;
for (const part of document.querySelectorAll('details')) part.open = true;
await new Promise(requestAnimationFrame);

const luminance = (rgb) => rgb.map((value) => value / 255)
  .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
  .reduce((sum, share, i) => sum + share * [0.2126, 0.7152, 0.0722][i], 0);
const numbers = (text) => text.match(/[\d.]+/g).map(Number);
const mixed = ([r, g, b, alpha = 1], under) =>
  [r, g, b].map((value, i) => alpha * value + (1 - alpha) * under[i]);
const ground = (element) => {
  if (!element) return [255, 255, 255];
  return mixed(numbers(getComputedStyle(element).backgroundColor), ground(element.parentElement));
};
const opacity = (element) =>
  element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;

const faint = [];
const check = (element, style, text) => {
  const [r, g, b, alpha = 1] = numbers(element.ownerSVGElement ? style.fill : style.color);
  const background = ground(element);
  const color = mixed([r, g, b, alpha * opacity(element)], background);
  const [dark, light] = [color, background].map(luminance).sort((one, other) => one - other);
  const [found, size] = [(light + 0.05) / (dark + 0.05), parseFloat(style.fontSize)];
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const needed = isLarge ? 3 : 4.5;
  if (found < needed) faint.push(`${text.trim().slice(0, 40)}: ${found.toFixed(2)} of ${needed}`);
};

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const [element, text] = [texts.currentNode.parentElement, texts.currentNode.textContent];
  if (!text.trim() || element.closest('script, noscript') || !element.checkVisibility()) continue;
  check(element, getComputedStyle(element), text);
}
for (const input of document.querySelectorAll('input')) {
  check(input, getComputedStyle(input), input.value || input.type);
  if (input.placeholder) check(input, getComputedStyle(input, '::placeholder'), input.placeholder);
}
return faint;
"""


def faint_texts(page: Page) -> list[str]:
    """The texts with less contrast than level AA asks for, each with what it has and what it needs.

    What is hidden by now is shown and seen, too. What is drawn on a canvas is no text.
    """
    return page.call(SCRIPT)
