// The colours of the screen's light: the whole screen in one colour, and word to the daemon when it stands there.

export class Light {
  // shown(step): in the second frame after the colour was set, which is when it is on the glass.
  constructor(sheet, shown) {
    Object.assign(this, { sheet, shown, step: null });
  }

  show(light) {
    if (!light) {
      this.step = null;
      this.sheet.hidden = true;
      return;
    }
    if (light.step === this.step) return;
    this.step = light.step;
    this.sheet.style.backgroundColor = `rgb(${Number(light.red)} ${Number(light.green)} ${Number(light.blue)})`;
    this.sheet.hidden = false;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (this.step === light.step) this.shown(light.step);
    }));
  }
}
