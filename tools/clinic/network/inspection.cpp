#include "tools/clinic/network/inspection.hpp"

namespace kaomon::network {

void Inspection::add(std::string word, Text name, Standing standing, Text expected, Text seen, Text ask) {
    if (standing == Standing::good || standing == Standing::not_checkable)
        ask = {}; // nothing to reproach the carrier with
    findings.push_back(
        {std::move(word), std::move(name), standing, std::move(expected), std::move(seen), std::move(ask)});
}

Standing Inspection::unreached() const {
    return line.closed && (server.empty() || outside) ? Standing::not_checkable : Standing::failed;
}

Text plain(const std::string& text) {
    return {text, text};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

Text no_reply_text(NoReply why) {
    switch (why) {
    case NoReply::no_route:
        return {"そこへの道がありません", "no route"};
    case NoReply::refused:
        return {"相手が断りました", "refused"};
    case NoReply::no_answer:
        return {"返事がありません", "no answer"};
    case NoReply::too_large:
        return {"大きすぎて送れません", "too large to send"};
    case NoReply::failed:
        break;
    }
    return {"送れません", "cannot be sent"};
}

Text unconnected_text(NoReply why) {
    if (why == NoReply::failed)
        return {"名前が引けないため、つなげません", "its name does not resolve"};
    return no_reply_text(why);
}

} // namespace kaomon::network
