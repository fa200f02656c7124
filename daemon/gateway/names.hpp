// By which names one of the gateway's doors may be called, and which pages may connect to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::gateway {

// A page of another name that resolves to this address (DNS rebinding) is none of ours, whatever it asks.
class Names {
  public:
    // 127.0.0.1, [::1] and localhost over HTTP.
    static Names of_this_computer(std::uint16_t port);
    // `names`: DNS names and canonical addresses; over HTTPS.
    static Names of_lan(const std::vector<std::string>& names, std::uint16_t port);

    // `host` as the header Host has it. Reentrant.
    bool has(std::string_view host) const;
    // `origin` is the page's own, and the page came from here under this very name. Reentrant.
    bool is_own_origin(std::string_view host, std::string_view origin) const;

  private:
    Names(std::string scheme, const std::vector<std::string>& names, std::uint16_t port,
          std::uint16_t usual_port);

    std::string scheme_; // "http://"
    std::vector<std::string> hosts_;
};

} // namespace kaomon::gateway
