#include "libsync/protocol/server_line.h"

#include <utility>

namespace cowrite::protocol {

namespace {

void append(ServerLine::Effects &effects, Translator::Effects more)
{
    for (Translator::Effect &effect : more) {
        std::visit([&](auto &of) { effects.emplace_back(std::move(of)); }, effect);
    }
}

} // namespace

void ServerLine::setServer(Server server)
{
    m_server = std::move(server);
    m_approach = Approach::StepFirst;
}

ServerLine::Effects ServerLine::opened(Bytes question)
{
    m_question = std::move(question);
    m_openedAt = m_clock.steadyNow();
    m_hasTriedBoth = false;
    m_hasHeard = false;
    m_isProbing = !m_server.dialect;
    m_translator.reset();
    if (m_isProbing) {
        return m_approach == Approach::StepFirst ? step() : knock();
    }
    speak(*m_server.dialect);
    Effects effects;
    if (m_translator) {
        append(effects, m_translator->opened());
    }
    effects.emplace_back(Ready{});
    return effects;
}

ServerLine::Effects ServerLine::receive(ByteView frame)
{
    m_hasHeard = true;
    if (m_isProbing) {
        return onFirstFrame(frame);
    }
    if (!m_translator) {
        return {Translator::Hear{Bytes(frame.begin(), frame.end())}};
    }
    Effects effects;
    append(effects, m_translator->hear(frame));
    return effects;
}

ServerLine::Effects ServerLine::say(ByteView message)
{
    if (!m_translator) {
        return {Translator::Send{Bytes(message.begin(), message.end())}};
    }
    Effects effects;
    append(effects, m_translator->say(message));
    return effects;
}

ServerLine::Effects ServerLine::tick()
{
    const auto waited = m_clock.steadyNow() - m_openedAt;
    if (!m_isProbing && !m_hasHeard && !m_server.isCertain && waited >= kSilence) {
        m_hasHeard = true;
        return {Translator::Ended{"nothing was said", true}};
    }
    const bool isDue = m_isProbing && !m_hasTriedBoth && waited >= kProbeDelay;
    if (!isDue) {
        return {};
    }
    m_hasTriedBoth = true;
    return m_approach == Approach::StepFirst ? knock() : step();
}

bool ServerLine::triesOtherwise()
{
    if (!m_isProbing) {
        return false;
    }
    m_approach = m_approach == Approach::StepFirst ? Approach::TokenFirst : Approach::StepFirst;
    // Once in each order is enough to believe a server that says no.
    return m_approach == Approach::TokenFirst;
}

Acknowledgements ServerLine::acknowledgements() const
{
    return m_translator ? m_translator->acknowledgements() : Acknowledgements::Off;
}

ServerLine::Effects ServerLine::step() const
{
    return {Translator::Send{m_question}};
}

ServerLine::Effects ServerLine::knock() const
{
    return {Translator::Send{
        hocuspocus::writeFrame(m_server.document, hocuspocus::Token{m_server.token})}};
}

ServerLine::Effects ServerLine::onFirstFrame(ByteView frame)
{
    const Dialect dialect = dialectOfAnswer(frame, m_server.document);
    const bool hasAsked =
        dialect == Dialect::YWebsocket && (m_approach == Approach::StepFirst || m_hasTriedBoth);
    m_isProbing = false;
    speak(dialect);
    Effects effects{Ready{hasAsked}};
    for (Effect &effect : receive(frame)) {
        effects.push_back(std::move(effect));
    }
    return effects;
}

void ServerLine::speak(Dialect dialect)
{
    m_server.dialect = dialect;
    m_translator = makeTranslator(dialect, m_server.document, m_server.token);
}

} // namespace cowrite::protocol
