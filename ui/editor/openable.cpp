#include "ui/editor/openable.h"

#include <QList>
#include <QMimeData>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace cowrite::ui {

bool isSharedDocument(const QUrl &url)
{
    static const QStringList schemes{QStringLiteral("cowrite"), QStringLiteral("ws"),
                                     QStringLiteral("wss"), QStringLiteral("ys"),
                                     QStringLiteral("yss")};
    // The page of a document in a browser.
    const bool isPage = url.scheme().startsWith(QLatin1String("http")) &&
                        url.path().startsWith(QLatin1String("/r/"));
    return schemes.contains(url.scheme()) || isPage;
}

bool isOpenable(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return !urls.isEmpty() && std::all_of(urls.begin(), urls.end(), [](const QUrl &url) {
        return url.isLocalFile() || isSharedDocument(url);
    });
}

} // namespace cowrite::ui
