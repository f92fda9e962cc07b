#include "app/desktop/headless.h"
#include "app/desktop/options.h"
#include "app/desktop/window_app.h"

#include <QApplication>
#include <QDir>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <variant>

int main(int argc, char **argv)
{
    using namespace cowrite;
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    // Qt gets the program's name only: it would take `--name` for the window's class.
    int qtArgc = std::min(argc, 1);
    // A window needs a display, which a machine that only hosts does not have.
    const std::unique_ptr<QCoreApplication> application =
        desktop::asksForHeadless(argc, argv) ? std::make_unique<QCoreApplication>(qtArgc, argv)
                                             : std::make_unique<QApplication>(qtArgc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("cowrite"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COWRITE_VERSION));
    const auto parsed = desktop::parseOptions(arguments, QDir::currentPath());
    if (!parsed) {
        std::fprintf(stderr, "cowrite: %s\n", parsed.error().message.c_str());
        return 2;
    }
    if (const auto *text = std::get_if<desktop::PrintText>(&*parsed)) {
        std::fputs(qPrintable(text->text), stdout);
        return 0;
    }
    const auto &options = std::get<desktop::Options>(*parsed);
    return options.isHeadless ? desktop::runHeadless(options)
                              : desktop::runWindow(options, arguments);
}
