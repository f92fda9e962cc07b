#pragma once

#include "libsync/base/error.h"

#include <QString>

#include <functional>

namespace cowrite::session {

/// Where secrets outlive the program: the keyring of the system. Nothing here blocks, and what is
/// called back is called on the main thread, maybe at once.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    /// Errors, each a sentence: NotFound if there is none of this name; Unsupported where there is
    /// no keyring; Denied if it was not opened.
    virtual void read(const QString &name, std::function<void(const Result<QString> &)> done) = 0;
    /// In place of what has this name. Errors as read(), but NotFound.
    virtual void write(const QString &name, const QString &secret,
                       std::function<void(const Result<void> &)> done) = 0;
    virtual void remove(const QString &name) = 0;
};

} // namespace cowrite::session
