#pragma once

#include "libsync/net/verdict.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace cowrite::session {

/// The page for browsers: the files of resources/web as they were built, out of the program itself.
class WebPage {
public:
    /// `root` is a folder with `index.html` and `assets`, each file with a gzipped form beside it
    /// where that is smaller; the built page by default.
    explicit WebPage(QString root = builtIn());

    /// False if this program was built without Node; then only document() is of use, and says so.
    [[nodiscard]] bool isBuilt() const;
    /// The answer to a browser that opens a shared document.
    [[nodiscard]] net::HttpReply document(const net::RequestHead &head) const;
    /// The answer for a path below `/assets/`: their names change with their content, so they are
    /// kept for ever; but for the service worker `worker.js`, which is asked for with every visit.
    /// 404 for one that is not there.
    [[nodiscard]] net::HttpReply asset(const net::RequestHead &head) const;

    /// Where the page is in this program.
    [[nodiscard]] static QString builtIn();

private:
    [[nodiscard]] std::optional<net::HttpReply> file(const QString &name,
                                                     const net::RequestHead &head) const;

    QString m_root;
};

/// Whether a request is that of a browser which wants a page to show: a GET or HEAD without an
/// upgrade that prefers HTML.
[[nodiscard]] bool wantsPage(const net::RequestHead &head);

} // namespace cowrite::session
