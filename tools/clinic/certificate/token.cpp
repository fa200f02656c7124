// The certificates of a PKCS#11 token, through p11-kit. No login: certificates are public objects.
#include "tools/clinic/certificate/certificate.hpp"
#include "tools/clinic/certificate/x509.hpp"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <memory>

namespace kaomon::certificate {
namespace {

std::unexpected<Trouble> no_token(const std::string& why) {
    return trouble(
        exit_no_device, "token_unreadable",
        {"PKCS#11 のトークンを読めません（" + why + "）。", "the PKCS#11 token cannot be read: " + why},
        {"USBキーやICカードを差し、--module でメーカーの PKCS#11 ライブラリを指定してください。",
         "plug the token in and name its PKCS#11 library with --module"});
}

// The modules asked for, initialised; finalised with the object.
class Modules {
  public:
    explicit Modules(const std::string& path) {
        if (path.empty()) {
            list_ = p11_kit_modules_load_and_initialize(0);
            return;
        }
        single_ = p11_kit_module_load(path.c_str(), 0);
        if (single_ != nullptr && p11_kit_module_initialize(single_) != CKR_OK) {
            p11_kit_module_release(single_);
            single_ = nullptr;
        }
    }
    ~Modules() {
        if (list_ != nullptr)
            p11_kit_modules_finalize_and_release(list_);
        if (single_ != nullptr) {
            p11_kit_module_finalize(single_);
            p11_kit_module_release(single_);
        }
    }
    Modules(const Modules&) = delete;
    Modules& operator=(const Modules&) = delete;

    std::vector<CK_FUNCTION_LIST*> all() const {
        std::vector<CK_FUNCTION_LIST*> modules;
        if (single_ != nullptr)
            modules.push_back(single_);
        for (CK_FUNCTION_LIST** one = list_; one != nullptr && *one != nullptr; ++one)
            modules.push_back(*one);
        return modules;
    }

  private:
    CK_FUNCTION_LIST** list_ = nullptr;
    CK_FUNCTION_LIST* single_ = nullptr;
};

// The slots whose token the URI names.
std::vector<CK_SLOT_ID> slots_of(CK_FUNCTION_LIST& module, P11KitUri* uri) {
    CK_ULONG count = 64;
    std::vector<CK_SLOT_ID> slots(count), wanted;
    if (module.C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK)
        return wanted;
    slots.resize(count);
    for (const CK_SLOT_ID slot : slots) {
        CK_TOKEN_INFO info{};
        if (module.C_GetTokenInfo(slot, &info) == CKR_OK && p11_kit_uri_match_token_info(uri, &info) == 1)
            wanted.push_back(slot);
    }
    return wanted;
}

// Empty, or why the token could not be looked through.
std::string add_certificates(CK_FUNCTION_LIST& module, CK_SLOT_ID slot, std::vector<Certificate>& found) {
    CK_SESSION_HANDLE session = 0;
    if (module.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session) != CKR_OK)
        return "no session with the token";
    std::string trouble;
    CK_OBJECT_CLASS wanted = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE kind = CKC_X_509;
    CK_ATTRIBUTE filter[]{{CKA_CLASS, &wanted, sizeof wanted}, {CKA_CERTIFICATE_TYPE, &kind, sizeof kind}};
    std::vector<CK_OBJECT_HANDLE> objects(most_certificates);
    CK_ULONG count = 0;
    if (module.C_FindObjectsInit(session, filter, 2) == CKR_OK) {
        if (module.C_FindObjects(session, objects.data(), objects.size(), &count) != CKR_OK)
            trouble = "its objects cannot be listed";
        module.C_FindObjectsFinal(session);
    } else {
        trouble = "its objects cannot be listed";
    }
    if (!trouble.empty())
        count = 0;
    for (CK_ULONG at = 0; at < count && found.size() < most_certificates; ++at) {
        Bytes der(largest_file);
        CK_ATTRIBUTE value{CKA_VALUE, der.data(), der.size()};
        if (module.C_GetAttributeValue(session, objects[at], &value, 1) != CKR_OK ||
            value.ulValueLen > der.size()) {
            trouble = "a certificate on it cannot be read";
            continue;
        }
        der.resize(value.ulValueLen);
        if (auto one = describe_der(der))
            found.push_back(std::move(*one));
        else
            trouble = "a certificate on it cannot be read";
    }
    module.C_CloseSession(session);
    return trouble;
}

} // namespace

Outcome<std::vector<Certificate>> read_token(const std::string& uri, const std::string& module) {
    const std::unique_ptr<P11KitUri, decltype(&p11_kit_uri_free)> parsed(p11_kit_uri_new(), p11_kit_uri_free);
    if (!parsed || p11_kit_uri_parse(uri.c_str(), P11_KIT_URI_FOR_ANY, parsed.get()) != P11_KIT_URI_OK)
        return no_token("'" + uri + "' is not a PKCS#11 URI");
    const Modules modules(module);
    if (modules.all().empty())
        return no_token(module.empty() ? "no PKCS#11 module" : module + " cannot be loaded");
    std::vector<Certificate> found;
    std::string unread;
    bool plugged = false;
    for (CK_FUNCTION_LIST* one : modules.all()) {
        for (const CK_SLOT_ID slot : slots_of(*one, parsed.get())) {
            plugged = true;
            if (std::string why = add_certificates(*one, slot, found); !why.empty())
                unread = std::move(why);
        }
    }
    if (!found.empty())
        return found;
    if (!unread.empty())
        return no_token(unread);
    if (plugged)
        return trouble(
            exit_no_device, "no_certificate",
            {"トークンに証明書がありません: " + uri, "the token holds no certificate: " + uri},
            {"証明書が入ったUSBキーやICカードかを確かめてください（ログインしないと見えない証明書も"
             "あります）。",
             "look whether it is the right token; some show certificates after a login only"});
    return trouble(
        exit_no_device, "no_certificate",
        {"トークンに証明書がありません（その名前のトークンが見つかりません）: " + uri,
         "no token of that name is plugged in: " + uri},
        {"USBキーやICカードが差してあるかを確かめてください。", "look whether the token is plugged in"});
}

} // namespace kaomon::certificate
