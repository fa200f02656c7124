#!/usr/bin/env node
// The shortest working caller of kaomond for Node.js: verify one patient, and check the signature of the result.
//
//     verify.mjs [SOCKET] [NUMBER-FILE]
//
// The number is read from a file, never from the command line. The keys are asked for first; at a real desk they are
// fetched once, when it is set up, and kept.
import { createPublicKey, randomBytes, randomUUID, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const [path = "/run/kaomon/kaomon.sock", numberFile] = process.argv.slice(2);

async function* call(method, parameters, more = false) {
  const connection = connect(path);
  connection.write(JSON.stringify({ method, parameters, more }) + "\0");
  let received = "";
  connection.setEncoding("utf8");
  for await (const chunk of connection) {
    const messages = (received + chunk).split("\0");
    received = messages.pop();
    for (const reply of messages.map((message) => JSON.parse(message))) {
      if (reply.error) throw new Error(`${reply.error}: ${JSON.stringify(reply.parameters)}`);
      yield reply.parameters ?? {};
      if (!reply.continues) return connection.destroy();
    }
  }
  throw new Error("kaomond closed the connection");
}

let jwkSet, step;
for await (jwkSet of call("org.kaomon.Device.GetKeys", {}));
const parameters = { nonce: randomBytes(24).toString("base64url") };
if (numberFile) {
  parameters.access_number = { number: readFileSync(numberFile, "utf8").split("\n")[0].trim() };
  // Made when a person has keyed the number in: whoever repeats this call sends the same key.
  parameters.idempotency_key = randomUUID();
}

for await (step of call("org.kaomon.Verification.Verify", parameters, true))
  console.log(step.state, step.hint?.ja ?? "");

const [header, claims, signature] = (step.result ?? "..").split(".");
const decode = (part) => JSON.parse(Buffer.from(part, "base64url").toString() || "{}");
const key = jwkSet.keys.find(({ kid }) => kid === decode(header).kid);
const said = decode(claims);
const now = Date.now() / 1000;
const genuine =
  key !== undefined &&
  decode(header).alg === "EdDSA" &&
  verify(null, Buffer.from(`${header}.${claims}`), createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url")) &&
  said.nonce === parameters.nonce &&
  now > said.iat - 60 &&
  now < said.exp + 60;
console.log(genuine ? `${said.decision} ${said.reason}` : "not to be trusted");
if (genuine && said.simulated.length) console.log("simulated:", said.simulated.join(", "));
process.exitCode = genuine && said.decision === "verified" ? 0 : 1;
