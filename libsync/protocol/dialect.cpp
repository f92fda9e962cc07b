#include "libsync/protocol/dialect.h"

#include "libsync/base/overloaded.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

#include <array>
#include <utility>

namespace cowrite::protocol {

namespace {

using namespace hocuspocus;

constexpr std::array<std::pair<Dialect, std::string_view>, 4> kNames{{
    {Dialect::YWebsocket, "y-websocket"},
    {Dialect::Hocuspocus, "hocuspocus"},
    {Dialect::YSweet, "y-sweet"},
    {Dialect::Jupyter, "jupyter"},
}};

/// y-sweet: the client's version of the document, which the server sends back when it has processed
/// all that came before (yjs-compat 7.8).
constexpr std::uint64_t kVersionChannel = 102;

Bytes copyOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

bool changesTheDocument(ByteView message)
{
    MessageReader reader(message, Acknowledgements::Off);
    const auto first = reader.next();
    return first && *first &&
           (std::holds_alternative<SyncStep2>(**first) ||
            std::holds_alternative<SyncUpdate>(**first));
}

class HocuspocusTranslator : public Translator {
public:
    HocuspocusTranslator(std::string document, std::string token)
        : m_document(std::move(document)), m_token(std::move(token))
    {}

    Effects opened() override { return {send(Token{m_token})}; }

    Effects say(ByteView message) override
    {
        m_said += changesTheDocument(message) ? 1 : 0;
        return {send(Wrapped{message})};
    }

    Effects hear(ByteView bytes) override
    {
        const Result<Frame> frame = readFrame(bytes);
        if (!frame) {
            return {Ended{frame.error().message, frame.error().code == ErrorCode::WrongKind}};
        }
        if (std::holds_alternative<Ping>(frame->message)) {
            return {send(Pong{})};
        }
        if (frame->address != m_document) {
            return {};
        }
        return std::visit(
            Overloaded{
                [](const Wrapped &wrapped) -> Effects { return {Hear{copyOf(wrapped.message)}}; },
                [this](const TokenRequest &) -> Effects { return opened(); },
                [](const hocuspocus::PermissionDenied &denied) -> Effects {
                    return {Denied{denied.reason}};
                },
                [](const Authenticated &authenticated) -> Effects {
                    return {Admitted{authenticated.scope}};
                },
                [](const hocuspocus::Close &close) -> Effects { return {Ended{close.reason}}; },
                [this](const SyncStatus &status) { return onStatus(status); },
                // Words of applications, and what only clients say.
                [](const auto &) -> Effects { return {}; },
            },
            frame->message);
    }

    Acknowledgements acknowledgements() const override { return Acknowledgements::Received; }

private:
    Effects onStatus(const SyncStatus &status)
    {
        // Statuses come in the order of the messages. What follows a refused one may lack it.
        m_isRefused = m_isRefused || !status.isApplied;
        if (m_isRefused) {
            return {Admitted{Scope::ReadOnly}};
        }
        if (m_applied == m_said) {
            return {};
        }
        return {Hear{encodeAcknowledgement(++m_applied)}};
    }

    Send send(const hocuspocus::Message &message) const
    {
        return Send{writeFrame(m_document, message)};
    }

    std::string m_document;
    std::string m_token;
    std::uint64_t m_said = 0;
    std::uint64_t m_applied = 0;
    bool m_isRefused = false;
};

class YSweetTranslator : public Translator {
public:
    Effects say(ByteView message) override
    {
        Effects effects{Send{copyOf(message)}};
        if (changesTheDocument(message)) {
            lib0::Encoder version;
            version.writeVarUint(++m_said);
            lib0::Encoder frame;
            frame.writeVarUint(kVersionChannel);
            frame.writeVarBytes(version.bytes());
            effects.push_back(Send{frame.take()});
        }
        return effects;
    }

    Effects hear(ByteView frame) override
    {
        lib0::Decoder decoder(frame);
        if (decoder.readVarUint() != kVersionChannel) {
            return {Hear{copyOf(frame)}};
        }
        lib0::Decoder version(decoder.readVarBytes());
        const std::uint64_t processed = version.readVarUint();
        if (!version.ok() || processed > m_said) {
            return {};
        }
        return {Hear{encodeAcknowledgement(processed)}};
    }

    Acknowledgements acknowledgements() const override { return Acknowledgements::Received; }

private:
    std::uint64_t m_said = 0;
};

/// Its server says on the channel of authentication what only JupyterLab understands.
class JupyterTranslator : public Translator {
public:
    Effects say(ByteView message) override { return {Send{copyOf(message)}}; }

    Effects hear(ByteView frame) override
    {
        lib0::Decoder decoder(frame);
        if (decoder.readVarUint() == static_cast<std::uint64_t>(Channel::Auth)) {
            return {};
        }
        return {Hear{copyOf(frame)}};
    }

    Acknowledgements acknowledgements() const override { return Acknowledgements::Off; }
};

} // namespace

std::string_view toString(Dialect dialect)
{
    for (const auto &[known, name] : kNames) {
        if (known == dialect) {
            return name;
        }
    }
    return {};
}

std::optional<Dialect> dialectFromString(std::string_view text)
{
    for (const auto &[dialect, name] : kNames) {
        if (name == text) {
            return dialect;
        }
    }
    return std::nullopt;
}

std::unique_ptr<Translator> makeTranslator(Dialect dialect, std::string document, std::string token)
{
    switch (dialect) {
    case Dialect::YWebsocket:
        break;
    case Dialect::Hocuspocus:
        return std::make_unique<HocuspocusTranslator>(std::move(document), std::move(token));
    case Dialect::YSweet:
        return std::make_unique<YSweetTranslator>();
    case Dialect::Jupyter:
        return std::make_unique<JupyterTranslator>();
    }
    return nullptr;
}

Dialect dialectOfAnswer(ByteView bytes, std::string_view document)
{
    const Result<Frame> frame = readFrame(bytes);
    if (!frame || frame->address != document) {
        return Dialect::YWebsocket;
    }
    const bool isAnswer = std::holds_alternative<Authenticated>(frame->message) ||
                          std::holds_alternative<hocuspocus::PermissionDenied>(frame->message) ||
                          std::holds_alternative<TokenRequest>(frame->message);
    return isAnswer ? Dialect::Hocuspocus : Dialect::YWebsocket;
}

} // namespace cowrite::protocol
