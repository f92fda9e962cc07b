#include "ui/look/qr_code.h"

#include <QPainter>

#include <memory>

#include <qrencode.h>

namespace cowrite::ui {

namespace {

/// Of the picture, on each side; ISO/IEC 18004.
constexpr int kQuietModules = 4;
/// A camera tells such modules apart at the distance at which one holds a telephone.
constexpr int kModulePixels = 2;

} // namespace

QrCode::QrCode(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrCode::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    m_count = 0;
    m_modules.clear();
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        bytes.isEmpty() ? nullptr : QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_L),
        &QRcode_free);
    if (code) {
        m_count = code->width;
        for (int i = 0; i < m_count * m_count; ++i) {
            m_modules.append(static_cast<char>(code->data[i] & 1));
        }
    }
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const
{
    const int side = m_count == 0 ? 0 : kModulePixels * (m_count + 2 * kQuietModules);
    return {side, side};
}

void QrCode::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    for (int i = 0; i < m_modules.size(); ++i) {
        if (m_modules.at(i) != 0) {
            painter.fillRect(kModulePixels * (kQuietModules + i % m_count),
                             kModulePixels * (kQuietModules + i / m_count), kModulePixels,
                             kModulePixels, Qt::black);
        }
    }
}

} // namespace cowrite::ui
