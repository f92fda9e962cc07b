#include "libsync/net/certificate.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::net;

class CertificateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMadeCertificateIsWhatQtUnderstands();
    void theFingerprintIsThatOfThePublicKey();
    void itIsMadeOnceAndOnlyTheUserCanReadIt();
    void aDamagedOneIsNotReplaced();
    void whatIsNotOneGivesASentence();
    void aKeyOfAnotherCertificateIsRefused();
    void aFolderThatIsNotThereGivesASentence();
    void fingerprintsAreToldFromOtherText();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir m_folder;
};

void CertificateTest::aMadeCertificateIsWhatQtUnderstands()
{
    const Result<Certificate> made = makeCertificate();
    QVERIFY(made.has_value());
    const QList<QSslCertificate> chain = QSslCertificate::fromData(made->chain);
    QCOMPARE(chain.size(), 1);
    QVERIFY(chain.first().isSelfSigned());
    QVERIFY(chain.first().effectiveDate() < QDateTime::currentDateTime());
    QVERIFY(chain.first().expiryDate() > QDateTime::currentDateTime().addYears(1000));
    const QSslKey key(made->key, QSsl::Ec);
    QVERIFY(!key.isNull());
    QCOMPARE(key.length(), 256);
    QVERIFY(makeCertificate()->key != made->key);
}

void CertificateTest::theFingerprintIsThatOfThePublicKey()
{
    const Certificate made = makeCertificate().value();
    const QSslCertificate certificate = QSslCertificate::fromData(made.chain).first();
    // For elliptic curves Qt gives the public key as SubjectPublicKeyInfo.
    const QByteArray expected =
        QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QCOMPARE(fingerprintOf(made.chain).value(), expected);
    QCOMPARE(fingerprintOfDer(certificate.toDer()).value(), expected);
    QCOMPARE(made.pin(), expected);
    QVERIFY(isFingerprint(expected));
}

void CertificateTest::itIsMadeOnceAndOnlyTheUserCanReadIt()
{
    const QString file = path(QStringLiteral("own.pem"));
    const Certificate first = ownCertificate(file).value();
    const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                           QFileDevice::ReadUser | QFileDevice::WriteUser;
    QCOMPARE(QFile::permissions(file), ownerOnly);
    QVERIFY(QFile::setPermissions(file, ownerOnly | QFileDevice::ReadOther));
    const Certificate second = ownCertificate(file).value();
    QCOMPARE(second.pin(), first.pin());
    QCOMPARE(QFile::permissions(file), ownerOnly);
}

void CertificateTest::aDamagedOneIsNotReplaced()
{
    write(QStringLiteral("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
    const auto result = ownCertificate(path(QStringLiteral("damaged.pem")));
    QVERIFY(!result.has_value());
    QVERIFY(result.error().code == ErrorCode::Malformed);
    QVERIFY(QString::fromStdString(result.error().message).contains(QStringLiteral("damaged")));
    QFile file(path(QStringLiteral("damaged.pem")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("AAAA"));
}

void CertificateTest::whatIsNotOneGivesASentence()
{
    QVERIFY(!fingerprintOf("hello").has_value());
    QVERIFY(!fingerprintOfDer("hello").has_value());
    QVERIFY(!fingerprintOf({}).has_value());
    const QString missing = path(QStringLiteral("missing.pem"));
    QVERIFY(readCertificate(missing, missing).error().code == ErrorCode::NotFound);
    const Certificate made = makeCertificate().value();
    write(QStringLiteral("chain.pem"), made.chain);
    write(QStringLiteral("empty.pem"), {});
    const auto noKey =
        readCertificate(path(QStringLiteral("chain.pem")), path(QStringLiteral("empty.pem")));
    QVERIFY(!noKey.has_value());
    QVERIFY(
        QString::fromStdString(noKey.error().message).contains(QStringLiteral("no private key")));
    const auto noChain =
        readCertificate(path(QStringLiteral("empty.pem")), path(QStringLiteral("chain.pem")));
    QVERIFY(
        QString::fromStdString(noChain.error().message).contains(QStringLiteral("no certificate")));
}

void CertificateTest::aKeyOfAnotherCertificateIsRefused()
{
    const Certificate one = makeCertificate().value();
    const Certificate two = makeCertificate().value();
    write(QStringLiteral("one.pem"), one.chain);
    write(QStringLiteral("one.key"), one.key);
    write(QStringLiteral("two.key"), two.key);
    const QString chain = path(QStringLiteral("one.pem"));
    QCOMPARE(readCertificate(chain, path(QStringLiteral("one.key"))).value(), one);
    const auto wrong = readCertificate(chain, path(QStringLiteral("two.key")));
    QVERIFY(!wrong.has_value());
    QVERIFY(QString::fromStdString(wrong.error().message)
                .contains(QStringLiteral("belongs to another certificate")));
}

void CertificateTest::aFolderThatIsNotThereGivesASentence()
{
    const auto result = ownCertificate(path(QStringLiteral("nowhere/own.pem")));
    QVERIFY(!result.has_value());
    QVERIFY(result.error().code == ErrorCode::Io);
}

void CertificateTest::fingerprintsAreToldFromOtherText()
{
    QVERIFY(!isFingerprint({}));
    QVERIFY(!isFingerprint(QByteArray(42, 'a')));
    QVERIFY(!isFingerprint(QByteArray(42, 'a') + '='));
    QVERIFY(isFingerprint(QByteArray(43, '_')));
}

QTEST_GUILESS_MAIN(CertificateTest)
#include "certificate_test.moc"
