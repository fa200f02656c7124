// Who wants to know what of the patient, and what for. All of it is text, whatever it holds.

const purposes = { 'check-in': 'purpose_check_in', dispensing: 'purpose_dispensing', payment: 'purpose_payment' };
const attributes = { name: 'attribute_name', birth_date: 'attribute_birth_date', sex: 'attribute_sex', address: 'attribute_address' };

export function show_consent(root, texts, reply) {
  const word = reply.purpose?.word;
  const put = (id, text) => {
    root.querySelector(`#${id}`).textContent = text ?? '';
    root.querySelector(`#${id}`).parentElement.hidden = !text;
  };
  put('who', reply.requester ?? texts.text('requester'));
  put('purpose', reply.purpose?.sentence ?? (purposes[word] ? texts.text(purposes[word]) : word));
  put('what', (reply.attributes ?? []).map((name) => texts.text(attributes[name]) || name).join(texts.lang === 'ja' || texts.lang === 'zh-Hans' ? '、' : ', '));
}
