// Verification number B as staff keys it in: its two parts that the chip does not tell, or all 14 digits.

export class NumberForm {
  // send(access_number)
  constructor(form, send, missing) {
    Object.assign(this, { form, send, missing });
    this.era_year = form.querySelector('#era_year');
    this.security_code = form.querySelector('#security_code');
    this.whole = form.querySelector('#whole_number');
    this.compared = form.querySelector('#compared');
    for (const input of [this.era_year, this.security_code, this.whole]) {
      input.addEventListener('input', () => {
        input.value = input.value.normalize('NFKC').replace(/[^0-9]/g, '');
        if (input === this.era_year && input.value.length === 2) this.security_code.focus();
      });
    }
    for (const kind of form.querySelectorAll('[name="kind"]')) kind.addEventListener('change', () => this.turn());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  get all_digits() {
    return this.form.elements.kind.value === 'whole';
  }

  turn() {
    this.form.querySelector('#parts').hidden = this.all_digits;
    this.form.querySelector('#whole').hidden = !this.all_digits;
    (this.all_digits ? this.whole : this.era_year).focus();
  }

  // word: of the hint. unchecked: a person has to compare the number with the card.
  open(word) {
    this.clear();
    this.form.elements.kind.value = word === 'access_number_incomplete' || word === 'access_number_unchecked' ? 'whole' : 'parts';
    this.hinted(word);
    this.turn();
  }

  hinted(word) {
    this.form.querySelector('#compared_row').hidden = word !== 'access_number_unchecked';
  }

  clear() {
    for (const input of [this.era_year, this.security_code, this.whole]) input.value = '';
    this.compared.checked = false;
  }

  submit() {
    const number = this.whole.value;
    const era_year = this.era_year.value.padStart(this.era_year.value ? 2 : 0, '0');
    const security_code = this.security_code.value;
    if (this.all_digits ? number.length !== 14 : era_year.length !== 2 || security_code.length !== 4) return this.missing();
    const compared = this.compared.checked;
    this.clear();
    this.send(this.all_digits ? { number, ...(compared ? { compared } : {}) } : { era_year, security_code });
  }
}
