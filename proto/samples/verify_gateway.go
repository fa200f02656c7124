// verify.go from another computer, through kaomon-gateway: a message is a text frame of a WebSocket, without a NUL.
// Needs github.com/gorilla/websocket (Debian: golang-github-gorilla-websocket-dev).
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"

	"github.com/gorilla/websocket"
)

type overGateway struct{ *websocket.Conn }

func (g overGateway) send(text []byte) error { return g.WriteMessage(websocket.TextMessage, text) }
func (g overGateway) receive() ([]byte, error) {
	_, text, err := g.ReadMessage()
	return text, refusedByTLS(err)
}

// An error that a certificate is behind: the gateway's, or it does not take ours, not signed there or expired.
func refusedByTLS(err error) error {
	if text := fmt.Sprint(err); strings.Contains(text, "tls: ") || strings.Contains(text, "x509: ") {
		return refusal{"CertificateRefused", object{"reason": object{"ja": text}}}
	}
	return err
}

func file(option string) string {
	if name := fmt.Sprint(options[option]); options[option] != nil {
		return name
	}
	return option + ".pem"
}

func throughGateway() (line, error) {
	authority, err := os.ReadFile(file("authority"))
	if err != nil {
		return nil, err
	}
	ours, err := tls.LoadX509KeyPair(file("certificate"), file("key"))
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool() // that authority alone
	trusted.AppendCertsFromPEM(authority)
	dialer := websocket.Dialer{Subprotocols: []string{"varlink"},
		TLSClientConfig: &tls.Config{RootCAs: trusted, Certificates: []tls.Certificate{ours}}}
	connection, response, err := dialer.Dial(options["gateway"].(string)+"/varlink", nil)
	if response != nil && (response.StatusCode == 401 || response.StatusCode == 403) { // it does not let ours in: revoked
		why := fmt.Sprint("the gateway answers ", response.StatusCode, ": see kaomonctl gateway list there")
		return nil, refusal{"CertificateRefused", object{"reason": object{"ja": why}}}
	}
	return overGateway{connection}, refusedByTLS(err)
}

func init() {
	throughSocket := connect
	connect = func() (line, error) {
		if options["gateway"] != nil {
			return throughGateway()
		}
		return throughSocket()
	}
}
