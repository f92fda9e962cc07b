#include "ui/look/icons.h"

#include <QFile>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

#include <memory>

// At file level: Q_INIT_RESOURCE cannot be used inside a namespace. A static library's resources
// are only linked if something asks for them.
static void loadResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace cowrite::ui {

void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color)
{
    loadResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, rect);
    painter.restore();
}

QIcon themedIcon(const QString &name, const QColor &color)
{
    // Large enough for any screen; it is drawn smaller.
    QPixmap picture(64, 64);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintIcon(painter, picture.rect(), name, color);
    painter.end();
    return QIcon(picture);
}

QIcon programIcon()
{
    loadResources();
    return QIcon(QStringLiteral(":/icons/cowrite.svg"));
}

} // namespace cowrite::ui
