#pragma once

#include <QProxyStyle>

namespace cowrite::ui {

/// Fusion, but the letters for the Alt key are not underlined all the time, and a slider goes to
/// where one clicks.
class InterfaceStyle : public QProxyStyle {
    Q_OBJECT

public:
    InterfaceStyle();

    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *data) const override;
};

} // namespace cowrite::ui
