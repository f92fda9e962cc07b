#pragma once

#include "libsync/session/document/identity.h"
#include "ui/look/theme.h"

#include <QAbstractButton>

namespace cowrite::ui {

/// My face and my name, as a button.
class SelfButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit SelfButton(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setIdentity(const session::Identity &identity);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
    session::Identity m_identity;
};

} // namespace cowrite::ui
