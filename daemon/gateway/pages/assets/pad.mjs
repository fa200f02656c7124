// The keypad: digits into one or two fields. They stand in the page while they are keyed in and are gone when they were handed over.

export class Pad {
  // root: with [data-field] (boxes) and [data-key] (buttons). lengths: digits of each field. secret: dots instead of digits.
  // complete(values): OK was pressed on full fields. changed(field): another field is the one to fill.
  constructor(root, { lengths, secret = false, complete, changed = () => {} }) {
    Object.assign(this, { root, lengths, secret, complete, changed });
    this.fields = [...root.querySelectorAll('[data-field]')];
    for (const button of root.querySelectorAll('[data-key]')) {
      button.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays where it was
      button.addEventListener('click', () => this.press(button.dataset.key));
    }
    this.clear();
  }

  clear() {
    this.values = this.lengths.map(() => '');
    this.active = 0;
    this.draw();
  }

  get full() {
    return this.values.every((value, at) => value.length === this.lengths[at]);
  }

  // '0' to '9', 'delete', 'ok'.
  press(key) {
    const value = this.values[this.active];
    if (key === 'ok') return this.confirm(value);
    if (key === 'delete') {
      if (value === '' && this.active > 0) this.active -= 1;
      this.values[this.active] = this.values[this.active].slice(0, -1);
    } else if (value.length < this.lengths[this.active]) {
      this.values[this.active] = value + key;
      if (value.length + 1 === this.lengths[this.active] && this.active + 1 < this.lengths.length) this.active += 1;
    }
    this.draw();
  }

  confirm(value) {
    if (this.full) {
      const values = this.values;
      this.clear();
      return this.complete(values);
    }
    if (this.lengths[this.active] === 2 && value.length === 1) { // the year 8 is 08
      this.values[this.active] = `0${value}`;
      this.active = Math.min(this.active + 1, this.lengths.length - 1);
      this.draw();
    }
  }

  draw() {
    this.fields.forEach((field, at) => {
      const value = this.values[at];
      field.classList.toggle('active', at === this.active);
      [...field.querySelectorAll('.box')].forEach((box, place) => {
        const digit = value[place] ?? '';
        box.textContent = digit && this.secret ? '●' : digit;
        box.classList.toggle('here', at === this.active && place === value.length);
      });
    });
    this.root.querySelector('[data-key="ok"]').classList.toggle('ready', this.full);
    this.changed(this.active);
  }
}
