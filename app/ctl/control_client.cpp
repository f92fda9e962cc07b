#include "app/ctl/control_client.h"

#include <QJsonDocument>

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace cowrite::ctl {

namespace {

constexpr time_t kPatienceSeconds = 10;

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> failedTo(const std::string &folder, int error)
{
    if (error == EACCES || error == EPERM) {
        return fail(ErrorCode::Denied, "The server in " + folder +
                                           " belongs to another user. Run this as that user, or "
                                           "as root.");
    }
    if (error == ENOENT || error == ECONNREFUSED) {
        return fail(ErrorCode::NotFound, "No cowrited runs with the folder " + folder + ".");
    }
    return fail(ErrorCode::Io,
                "The server in " + folder + " cannot be reached: " + std::strerror(error) + ".");
}

} // namespace

std::string toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

Result<QJsonObject> askServer(const std::string &folder, const QJsonObject &request)
{
    const std::string path = folder + "/control.socket";
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::Io, "The path " + path + " is too long for a socket.");
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience{kPatienceSeconds, 0};
    (void)::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(socket.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address) !=
        0) {
        return failedTo(folder, errno);
    }
    const std::string line = toLine(request);
    if (::send(socket.number(), line.data(), line.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(line.size())) {
        return failedTo(folder, errno);
    }
    std::string answer;
    while (answer.empty() || answer.back() != '\n') {
        char buffer[4096];
        const ssize_t size = ::recv(socket.number(), buffer, sizeof buffer, 0);
        if (size <= 0) {
            return failedTo(folder, size == 0 ? ECONNRESET : errno);
        }
        answer.append(buffer, static_cast<std::size_t>(size));
    }
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(answer)).object();
    if (const QJsonValue error = object.value(QLatin1String("error")); error.isString()) {
        return fail(ErrorCode::Refused, error.toString().toStdString());
    }
    return object;
}

} // namespace cowrite::ctl
