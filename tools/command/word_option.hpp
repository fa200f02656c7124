// Options that take a word of an enum.
#pragma once

#include "proto/words.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kaomon::command {

template<Worded E>
CLI::IsMember one_of() {
    return CLI::IsMember(std::vector<std::string>(words<E>().begin(), words<E>().end()));
}

// `value` keeps what it has unless the option is given; it must outlive the parsing.
template<Worded E>
CLI::Option* add_word(CLI::App& app, const std::string& name, E& value, const std::string& help) {
    const auto take = [&value](const std::string& word) { value = *from_word<E>(word); };
    return app.add_option_function<std::string>(name, take, help)->check(one_of<E>());
}
template<Worded E>
CLI::Option* add_word(CLI::App& app, const std::string& name, std::optional<E>& value,
                      const std::string& help) {
    const auto take = [&value](const std::string& word) { value = from_word<E>(word); };
    return app.add_option_function<std::string>(name, take, help)->check(one_of<E>());
}
// Any number of words.
template<Worded E>
CLI::Option* add_word(CLI::App& app, const std::string& name, std::vector<E>& values,
                      const std::string& help) {
    const auto take = [&values](const std::vector<std::string>& given) {
        for (const std::string& word : given)
            values.push_back(*from_word<E>(word));
    };
    return app.add_option_function<std::vector<std::string>>(name, take, help)->check(one_of<E>());
}

} // namespace kaomon::command
