// A whole visit with kaomond. README.md beside this file tells the visit, the options and the exit codes. Needs Go 1.19.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

const unreachable, resultInvalid, refused = 4, 5, 6
const verification = "org.kaomon.Verification."

type object = map[string]any
type refusal struct { // an error that the device answered
	name string
	why  object
}

func (r refusal) Error() string { return fmt.Sprint(r.name, ": ", at(r.why, "reason", "ja")) }

var options = map[string]any{"socket": "/run/kaomon/kaomon.sock", "methods": "face", "staff": "", "staff-reason": "face_failed"}
var exits = map[any]int{"verified": 0, "not_verified": 1, "undecided": 2}
var entry atomic.Pointer[object] // what a person keyed in last, with its idempotency key
var session atomic.Value         // the visit that runs; "": none

// What stands there in an object; "-" where nothing does.
func at(value any, path ...string) any {
	for _, name := range path {
		inner, _ := value.(object)
		value = inner[name]
	}
	if value == nil {
		return "-"
	}
	return value
}

func die(code int, words ...any) {
	fmt.Fprintln(os.Stderr, words...)
	os.Exit(code)
}

func random() string {
	bytes := make([]byte, 18)
	rand.Read(bytes)
	return base64.RawURLEncoding.EncodeToString(bytes)
}

// A connection that one call goes over: what is sent is one message, and so is what is received.
type line interface {
	send(text []byte) error
	receive() ([]byte, error)
	Close() error
}
type overSocket struct { // kaomond's own: each message has a NUL at its end
	net.Conn
	replies *bufio.Reader
}

func (s overSocket) send(text []byte) error { _, err := s.Write(append(text, 0)); return err }
func (s overSocket) receive() ([]byte, error) {
	text, err := s.replies.ReadBytes(0)
	return bytes.TrimSuffix(text, []byte{0}), err
}

var connect = func() (line, error) { // verify_gateway.go has the way from another computer
	connection, err := net.Dial("unix", options["socket"].(string))
	return overSocket{connection, bufio.NewReader(connection)}, err
}

// Hands on each reply to one call, over a connection of its own. An error that is no refusal: nobody knows what became of it.
func call(method string, parameters object, more bool, take func(object)) error {
	connection, err := connect()
	if err != nil {
		return err
	}
	defer connection.Close()
	text, _ := json.Marshal(object{"method": method, "parameters": parameters, "more": more})
	connection.send(text) // if that fails, so does receiving
	for {
		var reply struct {
			Error      string
			Parameters object
			Continues  bool
		}
		if text, err = connection.receive(); err != nil {
			return err
		} else if err = json.Unmarshal(text, &reply); err != nil {
			return err
		} else if reply.Error != "" {
			return refusal{reply.Error[strings.LastIndex(reply.Error, ".")+1:], reply.Parameters}
		}
		if take(reply.Parameters); !reply.Continues {
			return nil
		}
	}
}

// Sends the entry; after a broken connection once more, with the same key: for the device it stays one try.
func handIn() {
	(*entry.Load())["session"] = session.Load()
	for attempt := 0; attempt < 3; attempt++ {
		err := call(verification+"Provide", *entry.Load(), false, func(reply object) {
			fmt.Println("handed in, repeated:", reply["repeated"])
		})
		if err == nil {
			return
		} else if errors.As(err, new(refusal)) {
			fmt.Println(err)
			return
		}
		fmt.Println("connection lost: the same once more")
		time.Sleep(time.Second / 2)
	}
}

// One line is one entry of a person; its form tells what it is. At a desk these are fields and buttons.
func readKeyboard() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		line, keyed := strings.TrimSpace(lines.Text()), object{"idempotency_key": random()} // a button was pressed: a new key
		switch {
		case line == "" && session.Load() == "":
			os.Exit(exits["undecided"])
		case line == "":
			call(verification+"Cancel", object{"session": session.Load()}, false, func(object) {})
			continue
		case line == "yes" || line == "no":
			keyed["visual_check"] = object{"staff": options["staff"], "reason": options["staff-reason"], "confirmed": line == "yes"}
		case len(line) == 4:
			keyed["pin"] = line
		default:
			keyed["access_number"] = object{"number": line}
		}
		if entry.Store(&keyed); session.Load() != "" {
			handIn()
		}
	}
}

// Follows one Verify to its last reply; waits for its turn while the desk is busy.
func verify(nonce string) (step object, err error) {
	parameters := object{"nonce": nonce, "methods": strings.Split(options["methods"].(string), ",")}
	for patience := time.Now().Add(2 * time.Minute); ; {
		err = call(verification+"Verify", parameters, true, func(reply object) {
			step = reply
			fmt.Println(at(step, "state"), at(step, "hint", "word"), at(step, "tries_left"), at(step, "pin_tries_left"), at(step, "hint", "ja"))
			if session.Swap(step["session"]) == "" && entry.Load() != nil {
				handIn() // from the file, or keyed in before the connection broke: what comes too early is kept
			}
		})
		var busy refusal
		if !errors.As(err, &busy) || busy.name != "Busy" || time.Now().After(patience) {
			return
		}
		fmt.Println("busy, place", busy.why["place"])
		time.Sleep(time.Duration(busy.why["retry_after_ms"].(float64)) * time.Millisecond)
	}
}

// The claims of a result that may be acted on, or why it may not.
func check(jws string, keys any, nonce string) (claims object, wrong string) {
	parts := append(strings.Split(jws, "."), "", "")
	decode := func(text any) []byte { bytes, _ := base64.RawURLEncoding.DecodeString(fmt.Sprint(text)); return bytes }
	var head object
	json.Unmarshal(decode(parts[0]), &head)
	json.Unmarshal(decode(parts[1]), &claims)
	var public ed25519.PublicKey
	for _, key := range keys.([]any) {
		if at(key, "kid") == at(head, "kid") {
			public = decode(at(key, "x"))
		}
	}
	now := float64(time.Now().Unix())
	switch issued, _ := claims["iat"].(float64); {
	case at(head, "alg") != "EdDSA" || at(head, "typ") != "kaomon-result+jws" || len(public) != ed25519.PublicKeySize:
		return nil, "no result, or signed by an unknown key"
	case !ed25519.Verify(public, []byte(parts[0]+"."+parts[1]), decode(parts[2])):
		return nil, "wrong signature"
	case at(claims, "nonce") != nonce || at(claims, "jti") != session.Load():
		return nil, "of another visit"
	case now < issued-60 || now > claims["exp"].(float64)+60: // a minute for two clocks
		return nil, "not of now"
	case claims["aud"] != nil && claims["aud"] != options["audience"]:
		return nil, "made for another system"
	case len(claims["simulated"].([]any)) > 0 && options["allow-simulated"] == nil:
		return nil, "simulated"
	}
	return claims, ""
}

func main() {
	name := ""
	for _, word := range os.Args[1:] { // no number and no PIN among them: every user of the machine can read a command line
		if strings.HasPrefix(word, "--") {
			name, word = word[2:], ""
		}
		options[name] = word
	}
	var keys object
	text, err := os.ReadFile(fmt.Sprint(options["keys"]))
	if json.Unmarshal(text, &keys); err != nil {
		err = call("org.kaomon.Device.GetKeys", object{}, false, func(reply object) { keys = reply })
	}
	if number, err := os.ReadFile(fmt.Sprint(options["number-from"])); err == nil {
		entry.Store(&object{"idempotency_key": random(), "access_number": object{"number": strings.TrimSpace(string(number))}})
	}
	session.Store("")
	go readKeyboard()
	nonce, step := random(), object{}
	for attempt := 0; attempt == 0 || err != nil && attempt < 4 && !errors.As(err, new(refusal)); attempt++ {
		if attempt > 0 { // the device ends a visit whose caller is gone; another one begins, and the entry has its key
			fmt.Println("connection lost: another visit")
			time.Sleep(time.Second)
		}
		session.Store("")
		nonce = random() // fresh for every visit
		step, err = verify(nonce)
	}
	if errors.As(err, new(refusal)) {
		die(refused, "no result:", err)
	} else if err != nil {
		die(unreachable, "no result:", err)
	}
	if step["result"] == nil { // nothing could be signed: nothing is said about the person
		die(exits["undecided"], "undecided", at(step, "verdict", "reason", "word"))
	}
	claims, wrong := check(step["result"].(string), keys["keys"], nonce)
	if claims == nil {
		die(resultInvalid, "not to be trusted:", wrong)
	}
	fmt.Println(claims["decision"], claims["reason"], at(claims, "subject", "reference"))
	os.Exit(exits[claims["decision"]])
}
