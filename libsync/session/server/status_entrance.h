#pragma once

#include "libsync/net/verdict.h"
#include "libsync/session/room/figures.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace cowrite::session {

/// How a server is doing, for who runs it: `GET /metrics` for Prometheus, and `GET /dashboard`, a
/// page that draws the figures of `GET /dashboard/events` as they come, once a second. Only from
/// the server's own machine, and not through a proxy there, unless the bearer is an administrator;
/// to everybody else there is nothing at these addresses.
class StatusEntrance : public QObject {
    Q_OBJECT

public:
    using FiguresOf = std::function<Figures()>;
    using IsAdministrator = std::function<bool(const net::Request &request)>;

    StatusEntrance(FiguresOf figures, IsAdministrator isAdministrator, QObject *parent = nullptr);

    /// The answer for these paths; nothing for everything else.
    [[nodiscard]] std::optional<net::Verdict> route(const net::Request &request);
    [[nodiscard]] int readerCount() const { return static_cast<int>(m_readers.size()); }

private:
    void follow(net::EventStream *stream);
    void tell();

    FiguresOf m_figures;
    IsAdministrator m_isAdministrator;
    QList<net::EventStream *> m_readers;
    QTimer m_timer;
};

} // namespace cowrite::session
