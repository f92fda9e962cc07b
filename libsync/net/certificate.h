#pragma once

#include "libsync/base/error.h"

#include <QByteArray>
#include <QString>

namespace cowrite::net {

/// A server's certificate and the private key that belongs to it, as PEM.
struct Certificate {
    /// The server's own first, then those that vouch for it.
    QByteArray chain;
    QByteArray key;

    /// What a link pins: fingerprintOf() the first of the chain. Empty if an authority vouches for
    /// it, which makes pinning needless, and harmful once it is renewed with another key.
    [[nodiscard]] QByteArray pin() const;

    friend bool operator==(const Certificate &, const Certificate &) = default;
};

/// Makes a self-signed certificate with a P-256 key. It names nobody but this machine as seen from
/// itself, and does not run out: whoever has the link trusts the key and nothing else. Error
/// Internal.
[[nodiscard]] Result<Certificate> makeCertificate();

/// The SHA-256 of the public key (SubjectPublicKeyInfo) of the first certificate in `pem`, as
/// base64url without padding: 43 characters. Error Malformed.
[[nodiscard]] Result<QByteArray> fingerprintOf(const QByteArray &pem);
/// The same for one certificate as DER.
[[nodiscard]] Result<QByteArray> fingerprintOfDer(const QByteArray &der);

/// Whether `text` may be a fingerprint: 43 characters of base64url.
[[nodiscard]] bool isFingerprint(const QByteArray &text);

/// Reads a certificate (with its chain) and its key from two files, which may be the same one.
/// Errors, each a sentence: NotFound, Io, Malformed for what is no certificate or no key without a
/// password, and for a key that belongs to another certificate.
[[nodiscard]] Result<Certificate> readCertificate(const QString &chainFile, const QString &keyFile);

/// The certificate in `file`, which only the user can read; made and stored there when there is
/// none. One that cannot be read is never replaced, as its links would die with it. Errors as
/// readCertificate(), and Io, DiskFull and ReadOnly for what cannot be stored.
[[nodiscard]] Result<Certificate> ownCertificate(const QString &file);

} // namespace cowrite::net
