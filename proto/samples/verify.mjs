#!/usr/bin/env node
// A whole visit with kaomond. README.md beside this file tells the visit, the options and the exit codes. Needs Node.js 18.
import { createPublicKey, randomBytes, randomUUID, verify as signed } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const [VERIFIED, NOT_VERIFIED, UNDECIDED, , UNREACHABLE, RESULT_INVALID, REFUSED] = Array(7).keys();
const VERIFICATION = "org.kaomon.Verification.";
const options = {};
let name;
for (const word of process.argv.slice(2)) // no number and no PIN among them: every user of the machine can read a command line
  if (word.startsWith("--")) options[(name = word.slice(2))] = "";
  else options[name] = word;

let entry; // what a person keyed in last, with its idempotency key
let session; // the visit that runs

// An error that the device answered.
class Refusal extends Error {
  constructor(error, parameters = {}) {
    super(`${error.split(".").pop()}: ${parameters.reason?.ja ?? JSON.stringify(parameters)}`);
    Object.assign(this, { error: error.split(".").pop(), parameters });
  }
}
class NotTrusted extends Error {}

// What kaomond answers to a call, each with a NUL at its end.
async function* throughSocket(text) {
  const connection = connect(options.socket ?? "/run/kaomon/kaomon.sock");
  try {
    connection.write(text + "\0");
    connection.setEncoding("utf8");
    let received = "";
    for await (const chunk of connection) {
      const messages = (received + chunk).split("\0");
      received = messages.pop();
      yield* messages;
    }
  } finally {
    connection.destroy();
  }
}

// The same from another computer: each a text frame of a WebSocket, without the NUL.
async function* throughGateway(text) {
  const { WebSocket, createWebSocketStream } = createRequire(import.meta.url)("ws"); // Debian: node-ws; elsewhere: npm install ws
  const { authority = "authority.pem", certificate = "certificate.pem", key = "key.pem" } = options;
  const tls = { ca: readFileSync(authority), cert: readFileSync(certificate), key: readFileSync(key) }; // that authority alone
  const line = createWebSocketStream(new WebSocket(`${options.gateway}/varlink`, ["varlink"], tls),
    { decodeStrings: false, readableObjectMode: true });
  try {
    line.write(text);
    yield* line;
  } catch (error) {
    // The gateway's certificate, or it does not take ours: not signed there, or expired.
    if (/^ERR_(SSL|TLS)|CERT|SIGNATURE/.test(error.code)) throw new Refusal("CertificateRefused", error.message);
    const [, status] = /response: (401|403)/.exec(error.message) ?? []; // it knows ours, and does not let it in: revoked
    if (!status) throw error;
    throw new Refusal("CertificateRefused", `the gateway answers ${status}: see kaomonctl gateway list there`);
  } finally {
    line.destroy();
  }
}

// The replies to one call, over a connection of its own. An error that is no Refusal: nobody knows what became of the call.
async function* call(method, parameters, more = false) {
  for await (const message of (options.gateway ? throughGateway : throughSocket)(JSON.stringify({ method, parameters, more }))) {
    const reply = JSON.parse(message);
    if (reply.error) throw new Refusal(reply.error, reply.parameters);
    yield reply.parameters;
    if (!reply.continues) return;
  }
  throw new Error("the connection ended");
}

async function one(method, parameters) {
  for await (const reply of call(method, parameters)) return reply;
}

// Sends `entry`; after a broken connection once more, with the same key: for the device it stays one try.
async function handIn() {
  for (let attempt = 0; attempt < 3; ++attempt)
    try {
      return console.log("handed in, repeated:", (await one(VERIFICATION + "Provide", { session, ...entry })).repeated);
    } catch (error) {
      if (error instanceof Refusal) return console.log(error.message);
      console.log("connection lost: the same once more");
      await sleep(500);
    }
}

// One line is one entry of a person; its form tells what it is. At a desk these are fields and buttons.
async function readKeyboard() {
  for await (const line of createInterface({ input: process.stdin })) {
    const text = line.trim();
    if (!text) {
      await (session ? one(VERIFICATION + "Cancel", { session }) : process.exit(UNDECIDED));
      continue;
    }
    const { staff = "", "staff-reason": reason = "face_failed" } = options;
    const said = ["yes", "no"].includes(text) ? { visual_check: { staff, reason, confirmed: text === "yes" } }
      : text.length === 4 ? { pin: text } : { access_number: { number: text } };
    entry = { idempotency_key: randomUUID(), ...said }; // a person pressed the button: a new key
    if (session) await handIn();
  }
}

// Follows one Verify to its last reply; waits for its turn while the desk is busy.
async function verify(nonce) {
  const methods = (options.methods ?? "face").split(","), patience = performance.now() + 120_000;
  for (;;)
    try {
      let step;
      for await (step of call(VERIFICATION + "Verify", { nonce, methods }, true)) {
        console.log(step.state, step.hint?.word ?? "-", step.tries_left ?? "-", step.pin_tries_left ?? "-", step.hint?.ja ?? "");
        if (session) continue;
        session = step.session;
        if (entry) handIn(); // from the file, or keyed in before the connection broke: what comes too early is kept
      }
      return step;
    } catch (error) {
      if (error.error !== "Busy" || performance.now() > patience) throw error;
      console.log("busy, place", error.parameters.place);
      await sleep(error.parameters.retry_after_ms);
    }
}

// The claims of a result that may be acted on. NotTrusted: it may not.
function check(jws, keys, nonce) {
  const must = (what, why) => { if (!what) throw new NotTrusted(why); };
  const [header, payload, signature] = jws.split(".");
  const decode = (part) => JSON.parse(Buffer.from(part, "base64url"));
  const { alg, typ, kid } = decode(header);
  must(alg === "EdDSA" && typ === "kaomon-result+jws", "not a Kaomon result");
  const key = keys.keys.find((key) => key.kid === kid);
  must(key, "signed by an unknown key");
  const publicKey = createPublicKey({ key, format: "jwk" });
  must(signed(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url")), "the signature is wrong");
  const claims = decode(payload), now = Date.now() / 1000;
  must(claims.nonce === nonce && claims.jti === session, "of another visit");
  must(claims.iat - 60 <= now && now <= claims.exp + 60, "not of now"); // a minute for two clocks
  must(!("aud" in claims) || claims.aud === options.audience, "made for another system");
  must(!claims.simulated.length || "allow-simulated" in options, `simulated: ${claims.simulated.join(", ")}`);
  return claims;
}

async function main() {
  const read = (file) => readFileSync(file, "utf8").trim();
  const keys = options.keys ? JSON.parse(read(options.keys)) : await one("org.kaomon.Device.GetKeys", {});
  if (options["number-from"])
    entry = { idempotency_key: randomUUID(), access_number: { number: read(options["number-from"]) } };
  readKeyboard().catch(() => {}); // a visit that is over takes no Cancel
  for (let attempt = 0; ; ++attempt) {
    const nonce = randomBytes(18).toString("base64url"); // fresh for every visit
    session = undefined;
    try {
      const { result, verdict } = await verify(nonce);
      // Nothing could be signed: nothing is said about the person.
      if (!result) return console.log("undecided", verdict.reason.word) ?? UNDECIDED;
      const { decision, reason, subject } = check(result, keys, nonce);
      console.log(decision, reason, subject?.reference ?? "-");
      return { verified: VERIFIED, not_verified: NOT_VERIFIED }[decision] ?? UNDECIDED;
    } catch (error) {
      if (error instanceof Refusal || error instanceof NotTrusted || attempt === 3) throw error;
      console.log("connection lost: another visit"); // the device ends a visit whose caller is gone; `entry` keeps its key
      await sleep(1000);
    }
  }
}

process.exitCode = await main().catch((error) => {
  console.error(error instanceof NotTrusted ? "not to be trusted:" : "no result:", error.message);
  return error instanceof NotTrusted ? RESULT_INVALID : error instanceof Refusal ? REFUSED : UNREACHABLE;
});
process.stdin.destroy();
