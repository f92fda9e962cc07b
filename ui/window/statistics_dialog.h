#pragma once

#include "libsync/session/room/figures.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QList>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;

namespace cowrite::ui {

/// How the sessions that this app hosts are doing: the figures of a server's dashboard, once a
/// second.
class StatisticsDialog : public QDialog {
    Q_OBJECT

public:
    StatisticsDialog(std::function<session::Figures()> figures, QWidget *parent);

    /// Shows what there is now; `seconds` have passed since the last time, for what is counted per
    /// second.
    void refresh(double seconds);

private:
    QLabel *addRow(const QString &name, const QString &title);

    std::function<session::Figures()> m_figures;
    QLabel *m_rooms;
    QLabel *m_guests;
    QLabel *m_received;
    QLabel *m_sent;
    QLabel *m_commit;
    QLabel *m_lag;
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
    std::optional<session::Traffic> m_before;
};

} // namespace cowrite::ui
