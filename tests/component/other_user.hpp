// A process of another user, forked off a test: does one thing, and is ended with the object. Needs root.
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <sys/types.h>

#include <functional>
#include <string>

namespace kaomon::test {

class OtherUser {
  public:
    // `does` may write to the descriptor; an exception ends it without a word.
    OtherUser(uid_t user, const std::function<void(int out)>& does);
    ~OtherUser();
    OtherUser(OtherUser&& other) noexcept;
    OtherUser& operator=(OtherUser&&) = delete;

    void pause() const;
    void resume() const;
    std::string said(); // to its end

  private:
    pid_t pid_ = -1;
    UniqueFd out_;
};

} // namespace kaomon::test
