// Every enum with words: none is missing, none stands in another's place. The compiler itself tells what the
// enumerators are called.
#include "daemon/audit/chain.hpp"
#include "daemon/audit/clock.hpp"
#include "daemon/audit/finding.hpp"
#include "daemon/face/backend.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/gateway/refusal.hpp"
#include "daemon/gateway/role.hpp"
#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/presence.hpp"
#include "daemon/match/decision.hpp"
#include "daemon/match/policy.hpp"
#include "daemon/result/known_keys.hpp"
#include "daemon/session/desk.hpp"
#include "daemon/session/transitions.hpp"
#include "drivers/camera/presentation.hpp"
#include "drivers/camera/source.hpp"
#include "drivers/card/mynumber/check.hpp"
#include "drivers/card/simulated/issuer.hpp"
#include "drivers/fault/fault.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/policy_name.hpp"
#include "proto/reason.hpp"
#include "proto/subject.hpp"
#include "proto/visual_check.hpp"
#include "tools/clinic/certificate/assessment.hpp"
#include "tools/clinic/choose/measurement.hpp"
#include "tools/clinic/choose/simulated_camera.hpp"
#include "tools/clinic/choose/simulated_reader.hpp"
#include "tools/clinic/folder/institution.hpp"
#include "tools/clinic/folder/official_reader.hpp"
#include "tools/evaluate/liveness_tally.hpp"
#include "tools/finding/finding.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace kaomon {
namespace {

template<auto value>
constexpr std::string_view enumerator() { // empty: none has that value
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("value = ") + 8);
    text = text.substr(0, text.find_first_of(";]"));
    return text.find('(') == text.npos ? text.substr(text.rfind(':') + 1) : std::string_view();
}

template<class E>
class Words : public ::testing::Test {};

using All =
    ::testing::Types<Reason, WhoCanAct, Method, VisualCheckReason, SubjectKind, Expected, Attribute,
                     ConsentBy, PolicyName, camera::Source, camera::Attacker, camera::Presentation,
                     choose::ReaderFault, choose::CameraFault, clinic::InstitutionKind, match::Decision,
                     match::ScoreKind, card::mynumber::Check, liveness::Kind, liveness::Outcome,
                     session::State, session::Event, face::Backend, face::engine::InstructionSet, fault::Ask,
                     fault::Verb, card::simulated::Forgery, certificate::State, choose::Device, choose::Grade,
                     evaluate::Origin, Standing, liveness::Movement, liveness::Answer, liveness::Presence,
                     clinic::PhoneReading, clinic::ReaderGeneration, audit::Misfit, audit::ClockState,
                     audit::FindingKind, result::KeyState, gateway::Refusal, gateway::Role>;
TYPED_TEST_SUITE(Words, All);

TYPED_TEST(Words, AreTheEnumeratorsInTheirOrder) {
    using E = TypeParam;
    constexpr std::size_t count = words<E>().size();
    [&]<std::size_t... i>(std::index_sequence<i...>) {
        const std::array<std::string_view, count> names{enumerator<static_cast<E>(i)>()...};
        for (std::size_t at = 0; at < count; ++at) {
            std::string said(words<E>()[at]);
            std::ranges::replace(said, '-', '_');
            EXPECT_TRUE(!said.empty() && names[at].ends_with(said)) << names[at] << " is called " << said;
        }
    }(std::make_index_sequence<count>());
    EXPECT_EQ(enumerator<static_cast<E>(count)>(), "") << "has no word";
}

TYPED_TEST(Words, LeadBack) {
    std::set<std::string_view> different;
    for (const auto value : values<TypeParam>()) {
        EXPECT_EQ(from_word<TypeParam>(word(value)), value);
        different.insert(word(value));
    }
    EXPECT_EQ(different.size(), values<TypeParam>().size());
    EXPECT_FALSE(from_word<TypeParam>("no such word"));
    EXPECT_FALSE(from_word<TypeParam>(""));
}

template<class... E>
constexpr std::size_t count_of(::testing::Types<E...>) {
    return sizeof...(E);
}

TEST(Words, OfEveryEnumAreLookedAtHere) {
    namespace fs = std::filesystem;
    std::size_t found = 0;
    for (const char* top : {"proto", "drivers", "daemon", "tools"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(KAOMON_SOURCE_DIR) / top)) {
            std::ifstream file(entry.path());
            for (std::string line; entry.path().extension() == ".hpp" && std::getline(file, line);)
                found += line.starts_with("consteval auto words_of(") ? 1 : 0;
        }
    }
    EXPECT_EQ(found, count_of(All()));
}

} // namespace
} // namespace kaomon
