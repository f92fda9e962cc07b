#include "libsync/session/document/identity.h"

#include <QByteArray>

namespace cowrite::session {

const QStringList &palette()
{
    // Even steps of hue at a lightness that white text can be read on, greys and look-alikes left
    // out; each differs from every other by at least 20 in CIELAB.
    static const QStringList colors{
        QStringLiteral("#2f6fde"), QStringLiteral("#d0440e"), QStringLiteral("#2a873c"),
        QStringLiteral("#c2255c"), QStringLiteral("#0b7285"), QStringLiteral("#862e9c"),
        QStringLiteral("#946200"), QStringLiteral("#5f3dc4"), QStringLiteral("#a61e4d"),
        QStringLiteral("#087f5b"), QStringLiteral("#5c6f00"), QStringLiteral("#1864ab"),
    };
    return colors;
}

QString randomKey(Rng &rng)
{
    QByteArray bytes;
    for (int word = 0; word < 2; ++word) {
        const std::uint64_t bits = rng.next();
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.append(static_cast<char>(bits >> shift));
        }
    }
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Identity newIdentity(const QString &name, Rng &rng)
{
    const auto index =
        static_cast<qsizetype>(rng.below(static_cast<std::uint64_t>(palette().size())));
    return {randomKey(rng), name, palette().at(index)};
}

} // namespace cowrite::session
