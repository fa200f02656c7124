// One look at a line: what it must do, what is known so far, what was found.
#pragma once

#include "tools/clinic/network/check.hpp"
#include "tools/clinic/network/host.hpp"
#include "tools/clinic/network/resolver.hpp"
#include "tools/clinic/network/wire.hpp"

namespace kaomon::network {

struct Inspection {
    const Expectation& line;
    const Settings& settings;
    Host host;
    std::string server;    // a DNS server that answers; empty: none so far
    Edns edns = Edns::yes; // of that server
    bool outside = false;  // of the closed network, as the names say
    std::vector<Finding> findings;

    void add(std::string word, Text name, Standing standing, Text expected, Text seen, Text ask);
    // How something stands that did not answer: from outside a closed network it is nobody's fault yet.
    Standing unreached() const;
};

// Each adds its findings; in this order, for the later ones use what the earlier ones learned.
void look_at_link(Inspection& look);
void look_at_families(Inspection& look);
void look_at_servers(Inspection& look); // finds `server`
void look_at_names(Inspection& look);   // finds `outside`
void look_at_hosts(Inspection& look);
void look_at_proxy(Inspection& look);
void look_at_clock(Inspection& look);
void look_at_packet_size(Inspection& look);

// The words they share.
Text plain(const std::string& text);
std::string joined(const std::vector<std::string>& words);
Text no_reply_text(NoReply why);
// A host that does not connect: NoReply::failed means that its name has no address.
Text unconnected_text(NoReply why);

} // namespace kaomon::network
