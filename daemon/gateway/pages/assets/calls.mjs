// Calls that are answered once, one after the other over one connection, which is opened when there is something to say.
import { later, open } from './socket.mjs';

const patience = 10000; // ms until a call that came to no answer is given up
const fresh = 4000; // ms after which a call is not sent (again): the press was for what stood at the desk then

export class Refused extends Error {
  constructor(error, parameters) {
    super(error);
    this.reason = parameters.reason; // a Message, where the error has one
  }
}
export class Unanswered extends Error {}

export class Calls {
  constructor(token) {
    Object.assign(this, { token, waiting: [], socket: null, ready: false, tries: 0 });
  }

  // The reply's parameters; throws Refused or Unanswered. `again`: whether the call may be sent a second time when the
  // connection was lost before the answer: what has an idempotency key, or says what is wanted and not what to change.
  // `still`: asked before it is sent, also for the second time.
  make(method, parameters, { again = true, still = () => true } = {}) {
    return new Promise((resolve, reject) => {
      const call = { method, parameters, again, still, resolve, reject, made: performance.now() };
      call.timer = setTimeout(() => {
        // What answers may still come, and then for another call.
        if (this.waiting.includes(call)) this.drop(call, new Unanswered(method));
        this.socket?.close();
      }, patience);
      this.waiting.push(call);
      if (!this.socket) this.begin();
      else if (this.ready && this.waiting.length === 1) this.send();
    });
  }

  begin() {
    this.socket = open(this.token, {
      opened: () => {
        this.ready = true;
        this.send();
      },
      message: ({ error, parameters = {} }) => {
        this.tries = 0;
        const call = this.waiting[0];
        if (!call) return; // a farewell
        this.drop(call, error ? new Refused(error, parameters) : null, parameters);
        this.send();
      },
      closed: () => {
        const sent = this.ready ? this.waiting[0] : null;
        Object.assign(this, { socket: null, ready: false });
        if (sent && !sent.again) this.drop(sent, new Unanswered(sent.method));
        if (this.waiting.length > 0) setTimeout(() => this.socket ?? this.begin(), later(this.tries++));
      },
    });
  }

  send() {
    const call = this.waiting[0];
    if (!call) return;
    if (call.still() && performance.now() - call.made < fresh) return this.socket.send({ method: call.method, parameters: call.parameters });
    this.drop(call, new Unanswered(call.method));
    this.send();
  }

  // Digits are forgotten with the call.
  drop(call, error, answer) {
    clearTimeout(call.timer);
    this.waiting = this.waiting.filter((other) => other !== call);
    call.parameters = null;
    if (error) call.reject(error);
    else call.resolve(answer);
  }
}
