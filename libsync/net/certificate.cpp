#include "libsync/net/certificate.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace cowrite::net {

namespace {

template <auto kFree>
struct Freer {
    template <class T>
    void operator()(T *object) const
    {
        kFree(object);
    }
};

using KeyPointer = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, Freer<X509_free>>;
using BioPointer = std::unique_ptr<BIO, Freer<BIO_free_all>>;

constexpr qint64 kMaxFileBytes = qint64{1} << 20;
constexpr qsizetype kFingerprintLength = 43;
constexpr char kForever[] = "99991231235959Z"; // RFC 5280 4.1.2.5

tl::unexpected<Error> opensslFailed()
{
    char text[256] = {};
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    return fail(ErrorCode::Internal, "A certificate could not be made: " + std::string(text) + ".");
}

BioPointer readerOf(const QByteArray &pem)
{
    return BioPointer(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

QByteArray textOf(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<qsizetype>(size)};
}

/// A key with a password is not asked for it on the terminal.
int noPassword(char *, int, int, void *)
{
    return -1;
}

X509Pointer firstCertificate(const QByteArray &pem)
{
    X509Pointer found(PEM_read_bio_X509(readerOf(pem).get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    return found;
}

Result<QByteArray> fingerprintOfCertificate(const X509 *certificate)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0) {
        ERR_clear_error();
        return fail(ErrorCode::Malformed, "This certificate has no public key.");
    }
    const QByteArray spki(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return QCryptographicHash::hash(spki, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool addExtension(X509 *certificate, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    const bool isAdded = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return isAdded;
}

/// A serial number that no other certificate of the same name has: browsers refuse two of one.
bool setSerial(X509 *certificate)
{
    std::uint64_t number = 0;
    return RAND_bytes(reinterpret_cast<unsigned char *>(&number), sizeof number) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1) == 1;
}

bool fill(X509 *certificate, EVP_PKEY *key)
{
    X509_NAME *const name = X509_get_subject_name(certificate);
    // A day back, for a guest whose clock is behind.
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -24L * 60 * 60) &&
           ASN1_TIME_set_string(X509_getm_notAfter(certificate), kForever) == 1 &&
           X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>("Cowrite"), -1, -1,
                                      0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, NID_ext_key_usage, "serverAuth") &&
           addExtension(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

tl::unexpected<Error> storeFailed(const QString &file, const QString &why)
{
    return fail(ErrorCode::Io, "The certificate could not be stored in " + file.toStdString() +
                                   ": " + why.toStdString() + ".");
}

Result<void> store(const QString &file, const Certificate &certificate)
{
    QSaveFile out(file);
    // Before anything is in it.
    if (!out.open(QIODevice::WriteOnly) ||
        !out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return storeFailed(file, out.errorString());
    }
    out.write(certificate.key + certificate.chain);
    if (!out.commit()) {
        return storeFailed(file, out.errorString());
    }
    return {};
}

Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    if (!file.exists()) {
        return fail(ErrorCode::NotFound, "There is no file " + name.toStdString() + ".");
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, name.toStdString() + " cannot be read: " +
                                       file.errorString().toStdString() + ".");
    }
    if (file.size() > kMaxFileBytes) {
        return fail(ErrorCode::Malformed, name.toStdString() + " is no certificate and no key.");
    }
    return file.readAll();
}

} // namespace

QByteArray Certificate::pin() const
{
    const X509Pointer own = firstCertificate(chain);
    const bool isSelfMade = own && X509_NAME_cmp(X509_get_subject_name(own.get()),
                                                 X509_get_issuer_name(own.get())) == 0;
    return isSelfMade ? fingerprintOfCertificate(own.get()).value_or(QByteArray()) : QByteArray();
}

Result<Certificate> makeCertificate()
{
    const KeyPointer key(EVP_EC_gen("P-256"));
    const X509Pointer certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get())) {
        return opensslFailed();
    }
    const BioPointer chain(BIO_new(BIO_s_mem()));
    const BioPointer keyText(BIO_new(BIO_s_mem()));
    if (!chain || !keyText || PEM_write_bio_X509(chain.get(), certificate.get()) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1) {
        return opensslFailed();
    }
    return Certificate{textOf(chain.get()), textOf(keyText.get())};
}

Result<QByteArray> fingerprintOf(const QByteArray &pem)
{
    const X509Pointer certificate = firstCertificate(pem);
    if (!certificate) {
        return fail(ErrorCode::Malformed, "This is not a certificate.");
    }
    return fingerprintOfCertificate(certificate.get());
}

Result<QByteArray> fingerprintOfDer(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const X509Pointer certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!certificate) {
        return fail(ErrorCode::Malformed, "This is not a certificate.");
    }
    return fingerprintOfCertificate(certificate.get());
}

bool isFingerprint(const QByteArray &text)
{
    return text.size() == kFingerprintLength && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

Result<Certificate> readCertificate(const QString &chainFile, const QString &keyFile)
{
    const Result<QByteArray> chain = readFile(chainFile);
    if (!chain) {
        return tl::unexpected(chain.error());
    }
    const Result<QByteArray> key = keyFile == chainFile ? chain : readFile(keyFile);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const X509Pointer certificate = firstCertificate(*chain);
    if (!certificate) {
        return fail(ErrorCode::Malformed, chainFile.toStdString() + " has no certificate in it.");
    }
    const KeyPointer secret(
        PEM_read_bio_PrivateKey(readerOf(*key).get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    if (!secret) {
        return fail(ErrorCode::Malformed, keyFile.toStdString() +
                                              " has no private key in it, or one with a password, "
                                              "which a server cannot be asked for.");
    }
    const bool belongs = X509_check_private_key(certificate.get(), secret.get()) == 1;
    ERR_clear_error();
    if (!belongs) {
        return fail(ErrorCode::Malformed, "The key in " + keyFile.toStdString() +
                                              " belongs to another certificate than the one in " +
                                              chainFile.toStdString() + ".");
    }
    return Certificate{*chain, *key};
}

Result<Certificate> ownCertificate(const QString &file)
{
    Result<Certificate> known = readCertificate(file, file);
    if (known) {
        // Whoever reads the key can pretend to be this server.
        QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return known;
    }
    if (known.error().code == ErrorCode::Malformed) {
        return fail(ErrorCode::Malformed,
                    "The certificate in " + file.toStdString() +
                        " is damaged. Bring it back from a copy, or delete the file: then links "
                        "that were sent stop working, and have to be sent anew.");
    }
    if (known.error().code != ErrorCode::NotFound) {
        return known;
    }
    Result<Certificate> made = makeCertificate();
    if (!made) {
        return made;
    }
    if (const Result<void> stored = store(file, *made); !stored) {
        return tl::unexpected(stored.error());
    }
    return made;
}

} // namespace cowrite::net
