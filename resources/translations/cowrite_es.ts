<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Author</name>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>“%1” could not be written: %2.</source>
        <translation>No se pudo escribir «%1»: %2.</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Texto sin formato (*.txt)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Página web (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Document for Yjs programs (*.yjs)</source>
        <translation>Documento para programas con Yjs (*.yjs)</translation>
    </message>
    <message>
        <source>Document for Yjs programs, small (*.yjs2)</source>
        <translation>Documento para programas con Yjs, pequeño (*.yjs2)</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>d MMMM</source>
        <translation>d &apos;de&apos; MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>Hoy %1</translation>
    </message>
    <message>
        <source>Yesterday %1</source>
        <translation>Ayer %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>ayer %1</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Plain text</source>
        <translation>Texto sin formato</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>“%1” is not the address of a shared document. It looks like cowrite://computer:7300/r/name or ws://computer:1234/name.</source>
        <translation>«%1» no es la dirección de un documento compartido. Tiene esta forma: cowrite://equipo:7300/r/nombre o ws://equipo:1234/nombre.</translation>
    </message>
    <message>
        <source>The end of this link, behind the #, is damaged. Copy the whole link again.</source>
        <translation>El final de este enlace, después de #, está dañado. Copia otra vez el enlace completo.</translation>
    </message>
    <message>
        <source>“%1” is not an address to listen on. It looks like 127.0.0.1:7300; port 0 picks a free one.</source>
        <translation>«%1» no es una dirección en la que escuchar. Tiene esta forma: 127.0.0.1:7300; el puerto 0 elige uno libre.</translation>
    </message>
    <message>
        <source>%1 has no document at this address.</source>
        <translation>%1 no tiene ningún documento en esta dirección.</translation>
    </message>
    <message>
        <source>%1 does not let you in with this link.</source>
        <translation>%1 no te deja entrar con este enlace.</translation>
    </message>
    <message>
        <source>%1 has too many visitors just now.</source>
        <translation>%1 tiene ahora demasiados visitantes.</translation>
    </message>
    <message>
        <source>%1 does not share documents.</source>
        <translation>%1 no comparte documentos.</translation>
    </message>
    <message>
        <source>There is no computer called “%1”. Check the address.</source>
        <translation>No hay ningún equipo llamado «%1». Comprueba la dirección.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is the session still running?</source>
        <translation>Nada responde en %1. ¿Sigue abierta la sesión?</translation>
    </message>
    <message>
        <source>The network does not reach %1.</source>
        <translation>La red no llega hasta %1.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 no responde.</translation>
    </message>
    <message>
        <source>%1 does not speak an encryption that is safe.</source>
        <translation>%1 no ofrece un cifrado seguro.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>Se perdió la conexión con %1.</translation>
    </message>
    <message>
        <source>%1 has ended the connection.</source>
        <translation>%1 ha terminado la conexión.</translation>
    </message>
    <message>
        <source>The link to %1 says which key the server has, and its address does without encryption. Ask for a new link.</source>
        <translation>El enlace a %1 indica la clave del servidor, pero su dirección va sin cifrado. Pide un enlace nuevo.</translation>
    </message>
    <message>
        <source>This computer cannot encrypt connections.</source>
        <translation>Este equipo no puede cifrar conexiones.</translation>
    </message>
    <message>
        <source>%1 cannot show that it is the one it says (%2). Ask its host for a link.</source>
        <translation>%1 no puede demostrar que es quien dice ser (%2). Pide un enlace al anfitrión.</translation>
    </message>
    <message>
        <source>%1 has another key than this link says. Either it is not the one that the link is from, or its key was made anew: ask its host for a new link.</source>
        <translation>%1 tiene una clave distinta de la que dice este enlace. O el enlace no es de allí, o la clave es nueva: pide un enlace nuevo al anfitrión.</translation>
    </message>
    <message>
        <source>%1 has no file “%2”, or does not share its files.</source>
        <translation>%1 no tiene ningún archivo «%2» o no comparte sus archivos.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>El servidor no responde.</translation>
    </message>
    <message>
        <source>The server does not let you in.</source>
        <translation>El servidor no te deja entrar.</translation>
    </message>
    <message>
        <source>You have left the session.</source>
        <translation>Has salido de la sesión.</translation>
    </message>
    <message>
        <source>There is another document at this address now. Nothing was mixed; your copy is safe here.</source>
        <translation>Ahora hay otro documento en esta dirección. No se ha mezclado nada; tu copia está a salvo aquí.</translation>
    </message>
    <message>
        <source>There is no other document at this address.</source>
        <translation>No hay ningún otro documento en esta dirección.</translation>
    </message>
    <message>
        <source>You were removed from this session.</source>
        <translation>Te han sacado de esta sesión.</translation>
    </message>
    <message>
        <source>The host has stopped sharing this document.</source>
        <translation>El anfitrión ha dejado de compartir este documento.</translation>
    </message>
    <message>
        <source>Too much was sent at once. Connect again to go on.</source>
        <translation>Se envió demasiado de una vez. Vuelve a conectar para seguir.</translation>
    </message>
    <message>
        <source>With this link you can read, and not write.</source>
        <translation>Con este enlace puedes leer, pero no escribir.</translation>
    </message>
    <message>
        <source>This document needs an invitation. Ask for a link, and open the whole link.</source>
        <translation>Este documento necesita una invitación. Pide un enlace y ábrelo completo.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy the whole link again.</source>
        <translation>Este enlace está dañado. Copia otra vez el enlace completo.</translation>
    </message>
    <message>
        <source>This invitation is not from this server. Ask for a new link.</source>
        <translation>Esta invitación no es de este servidor. Pide un enlace nuevo.</translation>
    </message>
    <message>
        <source>This invitation was withdrawn. Ask for a new link.</source>
        <translation>Esta invitación fue retirada. Pide un enlace nuevo.</translation>
    </message>
    <message>
        <source>This invitation has expired. Ask for a new link.</source>
        <translation>Esta invitación ha caducado. Pide un enlace nuevo.</translation>
    </message>
    <message>
        <source>This invitation is not valid yet. Try again later.</source>
        <translation>Esta invitación aún no es válida. Inténtalo más tarde.</translation>
    </message>
    <message>
        <source>This invitation is for another document. Ask for a link to this one.</source>
        <translation>Esta invitación es para otro documento. Pide un enlace a este.</translation>
    </message>
    <message>
        <source>This app hosts on another address already. Stop that first.</source>
        <translation>Cowrite ya comparte en otra dirección. Detén eso antes.</translation>
    </message>
    <message>
        <source>This app does not host yet.</source>
        <translation>Cowrite todavía no comparte nada.</translation>
    </message>
    <message>
        <source>This document is shared by %1 already. Send that link instead.</source>
        <translation>%1 ya comparte este documento. Envía ese enlace.</translation>
    </message>
    <message>
        <source>This document is shared from here. Stop sharing first.</source>
        <translation>Este documento se comparte desde aquí. Deja antes de compartirlo.</translation>
    </message>
    <message>
        <source>What is sent to %1 could be read on the way. Use encryption, listen on 127.0.0.1, or allow the open network explicitly.</source>
        <translation>Lo que se envía a %1 podría leerse por el camino. Usa cifrado, escucha en 127.0.0.1 o permite expresamente la red abierta.</translation>
    </message>
    <message>
        <source>Port %1 is in use by another program. Choose another port, or 0 for any free one.</source>
        <translation>Otro programa usa el puerto %1. Elige otro, o 0 para uno libre.</translation>
    </message>
    <message>
        <source>This user may not listen on port %1. Choose a port above 1023.</source>
        <translation>Este usuario no puede escuchar en el puerto %1. Elige un puerto superior a 1023.</translation>
    </message>
    <message>
        <source>This computer does not have the address %1.</source>
        <translation>Este equipo no tiene la dirección %1.</translation>
    </message>
    <message>
        <source>Cannot listen on %1, port %2: %3.</source>
        <translation>No se puede escuchar en %1, puerto %2: %3.</translation>
    </message>
    <message>
        <source>A certificate could not be made: %1.</source>
        <translation>No se pudo crear un certificado: %1.</translation>
    </message>
    <message>
        <source>The certificate could not be stored in %1: %2.</source>
        <translation>No se pudo guardar el certificado en %1: %2.</translation>
    </message>
    <message>
        <source>The certificate in %1 is damaged. Bring it back from a copy, or delete the file: then links that were sent stop working, and have to be sent anew.</source>
        <translation>El certificado de %1 está dañado. Recupéralo de una copia o borra el archivo: entonces los enlaces enviados dejan de funcionar y hay que enviarlos de nuevo.</translation>
    </message>
    <message>
        <source>This is not a certificate.</source>
        <translation>Esto no es un certificado.</translation>
    </message>
    <message>
        <source>This certificate has no public key.</source>
        <translation>Este certificado no tiene clave pública.</translation>
    </message>
    <message>
        <source>This certificate and its key cannot be used. Keys may be of the kinds RSA and EC.</source>
        <translation>Este certificado y su clave no se pueden usar. Las claves pueden ser RSA o EC.</translation>
    </message>
    <message>
        <source>This invitation would have ended before it began.</source>
        <translation>Esta invitación terminaría antes de empezar.</translation>
    </message>
    <message>
        <source>There are too many invitations. Withdraw a key to begin anew.</source>
        <translation>Hay demasiadas invitaciones. Retira una clave para empezar de nuevo.</translation>
    </message>
    <message>
        <source>There is no such key.</source>
        <translation>Esa clave no existe.</translation>
    </message>
    <message>
        <source>There is no such invitation.</source>
        <translation>Esa invitación no existe.</translation>
    </message>
    <message>
        <source>The stored invitations cannot be read.</source>
        <translation>No se pueden leer las invitaciones guardadas.</translation>
    </message>
    <message>
        <source>The invitations cannot be stored in %1: %2.</source>
        <translation>No se pueden guardar las invitaciones en %1: %2.</translation>
    </message>
    <message>
        <source>The invitations in %1 are damaged. Bring the file back from a copy, or delete it: then links that were sent stop working, and have to be sent anew.</source>
        <translation>Las invitaciones de %1 están dañadas. Recupera el archivo de una copia o bórralo: entonces los enlaces enviados dejan de funcionar y hay que enviarlos de nuevo.</translation>
    </message>
    <message>
        <source>This document is not on this computer any more.</source>
        <translation>Este documento ya no está en este equipo.</translation>
    </message>
    <message>
        <source>This document is open. Close it first.</source>
        <translation>Este documento está abierto. Ciérralo antes.</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>No hay nada que enviar.</translation>
    </message>
    <message>
        <source>This message is too long. Split it, or put it into the document.</source>
        <translation>Este mensaje es demasiado largo. Divídelo o ponlo en el documento.</translation>
    </message>
    <message>
        <source>The text that this is about was removed. Select another piece.</source>
        <translation>El texto del que se trata fue eliminado. Selecciona otro fragmento.</translation>
    </message>
    <message>
        <source>Somebody has removed this comment.</source>
        <translation>Alguien ha eliminado este comentario.</translation>
    </message>
    <message>
        <source>Give the version a name.</source>
        <translation>Dale un nombre a la versión.</translation>
    </message>
    <message>
        <source>This document is only to be looked at here.</source>
        <translation>Este documento aquí solo se puede ver.</translation>
    </message>
    <message>
        <source>There is nothing to name before the first edit.</source>
        <translation>No hay nada que nombrar antes del primer cambio.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>No existe el archivo %1.</translation>
    </message>
    <message>
        <source>You may not use %1.</source>
        <translation>No tienes permiso para usar %1.</translation>
    </message>
    <message>
        <source>You may not read %1.</source>
        <translation>No tienes permiso para leer %1.</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a text file.</source>
        <translation>%1 es una carpeta. Elige un archivo de texto.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>No se puede usar %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>No se puede leer %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>No se puede escribir %1: %2.</translation>
    </message>
    <message>
        <source>Another program is writing to %1.</source>
        <translation>Otro programa está escribiendo en %1.</translation>
    </message>
    <message>
        <source>The file is being written to.</source>
        <translation>Se está escribiendo en el archivo.</translation>
    </message>
    <message>
        <source>%1 is not a file with text in it.</source>
        <translation>%1 no es un archivo con texto.</translation>
    </message>
    <message>
        <source>%1 is too large for a document: more than %2 MB.</source>
        <translation>%1 es demasiado grande para un documento: más de %2 MB.</translation>
    </message>
    <message>
        <source>%1 is not a text file. Cowrite opens text in UTF-8.</source>
        <translation>%1 no es un archivo de texto. Cowrite abre texto en UTF-8.</translation>
    </message>
    <message>
        <source>%1 is neither text in UTF-8 nor a whole document of a Yjs program.</source>
        <translation>%1 no es texto en UTF-8 ni un documento completo de un programa con Yjs.</translation>
    </message>
    <message>
        <source>%1 is only a part of a document. Open a file with the whole of it.</source>
        <translation>%1 es solo una parte de un documento. Abre un archivo que lo tenga entero.</translation>
    </message>
    <message>
        <source>%1 holds no text that Cowrite could show.</source>
        <translation>%1 no contiene ningún texto que Cowrite pueda mostrar.</translation>
    </message>
    <message>
        <source>%1 holds no text that Cowrite could show. It has these parts: %2.</source>
        <translation>%1 no contiene ningún texto que Cowrite pueda mostrar. Tiene estas partes: %2.</translation>
    </message>
    <message>
        <source>“%1” is kept in step with the document “%2”. Choose another file.</source>
        <translation>«%1» ya está vinculado al documento «%2». Elige otro archivo.</translation>
    </message>
    <message>
        <source>This document has characters that cannot be in a text file.</source>
        <translation>Este documento tiene caracteres que no caben en un archivo de texto.</translation>
    </message>
    <message>
        <source>This document cannot be changed. What another program wrote into “%1” stays there alone.</source>
        <translation>Este documento no se puede cambiar. Lo que otro programa escribió en «%1» se queda solo allí.</translation>
    </message>
    <message>
        <source>“%1” is not there any more.</source>
        <translation>«%1» ya no está.</translation>
    </message>
    <message>
        <source>“%1” cannot be written: the disk is full.</source>
        <translation>No se puede escribir «%1»: el disco está lleno.</translation>
    </message>
    <message>
        <source>“%1” cannot be written there.</source>
        <translation>No se puede escribir «%1» allí.</translation>
    </message>
    <message>
        <source>%1 Your text is safe in Cowrite, and goes into the file as soon as that is possible.</source>
        <translation>%1 Tu texto está a salvo en Cowrite y pasa al archivo en cuanto sea posible.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>El disco está lleno.</translation>
    </message>
    <message>
        <source>The disk or the folder cannot be written to.</source>
        <translation>No se puede escribir en el disco o en la carpeta.</translation>
    </message>
    <message>
        <source>The disk failed: %1.</source>
        <translation>Falló el disco: %1.</translation>
    </message>
    <message>
        <source>%1 changes could not be saved: %2</source>
        <translation>Cambios sin guardar: %1. %2</translation>
    </message>
    <message>
        <source>The folder of this profile cannot be written to.</source>
        <translation>No se puede escribir en la carpeta de este perfil.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be created: %2.</source>
        <translation>No se puede crear la carpeta %1: %2.</translation>
    </message>
    <message>
        <source>The folder cannot be locked: %1.</source>
        <translation>No se puede bloquear la carpeta: %1.</translation>
    </message>
    <message>
        <source>Another Cowrite is using this folder.</source>
        <translation>Otro Cowrite está usando esta carpeta.</translation>
    </message>
    <message>
        <source>Another Cowrite (process %1) is using this folder.</source>
        <translation>Otro Cowrite (proceso %1) está usando esta carpeta.</translation>
    </message>
    <message>
        <source>The log is damaged: %1.</source>
        <translation>El registro está dañado: %1.</translation>
    </message>
    <message>
        <source>The log is damaged: it has no version.</source>
        <translation>El registro está dañado: no tiene versión.</translation>
    </message>
    <message>
        <source>The log is damaged: its header forbids to write.</source>
        <translation>El registro está dañado: su cabecera prohíbe escribir.</translation>
    </message>
    <message>
        <source>The log cannot be used: %1.</source>
        <translation>No se puede usar el registro: %1.</translation>
    </message>
    <message>
        <source>The log is closed.</source>
        <translation>El registro está cerrado.</translation>
    </message>
    <message>
        <source>There is no memory left to open the log.</source>
        <translation>No queda memoria para abrir el registro.</translation>
    </message>
    <message>
        <source>The file log.sqlite in this folder is not Cowrite&apos;s.</source>
        <translation>El archivo log.sqlite de esta carpeta no es de Cowrite.</translation>
    </message>
    <message>
        <source>This folder was written by a newer Cowrite (its log has version %1, this one knows %2). Install the newer one to open it.</source>
        <translation>Esta carpeta la escribió un Cowrite más nuevo (su registro tiene la versión %1, este conoce la %2). Instala el más nuevo para abrirla.</translation>
    </message>
    <message>
        <source>The file with the documents was damaged and has been repaired. As it was, it is kept in %1.</source>
        <translation>El archivo de los documentos estaba dañado y se ha reparado. Tal como estaba se conserva en %1.</translation>
    </message>
    <message>
        <source>The damaged log cannot be kept: %1.</source>
        <translation>No se puede conservar el registro dañado: %1.</translation>
    </message>
    <message>
        <source>The damaged log cannot be replaced: %1.</source>
        <translation>No se puede sustituir el registro dañado: %1.</translation>
    </message>
    <message>
        <source>Nothing that is sound was found.</source>
        <translation>No se encontró nada en buen estado.</translation>
    </message>
    <message>
        <source>This document is not in the log.</source>
        <translation>Este documento no está en el registro.</translation>
    </message>
    <message>
        <source>There is a document with this key already.</source>
        <translation>Ya hay un documento con esta clave.</translation>
    </message>
    <message>
        <source>A part of the history is damaged.</source>
        <translation>Una parte del historial está dañada.</translation>
    </message>
    <message>
        <source>There are as many people here as there may be.</source>
        <translation>Ya hay tantas personas como se permiten aquí.</translation>
    </message>
    <message>
        <source>This document is as large as it may be there.</source>
        <translation>Este documento tiene el tamaño máximo que se permite allí.</translation>
    </message>
    <message>
        <source>This document was deleted from the server.</source>
        <translation>Este documento fue eliminado del servidor.</translation>
    </message>
    <message>
        <source>The link of this document has ended.</source>
        <translation>El enlace de este documento ha terminado.</translation>
    </message>
    <message>
        <source>This computer has no keyring.</source>
        <translation>Este equipo no tiene llavero.</translation>
    </message>
    <message>
        <source>Whoever reaches %1 could read and write without an invitation. Share from 127.0.0.1, or allow the open network explicitly.</source>
        <translation>Quien llegue a %1 podría leer y escribir sin invitación. Comparte desde 127.0.0.1 o permite expresamente la red abierta.</translation>
    </message>
    <message>
        <source>%1 has another key than it should have: somebody may be posing as it.</source>
        <translation>%1 tiene otra clave que la que debería: puede que alguien se haga pasar por él.</translation>
    </message>
    <message>
        <source>You were not let in just now. Ask for the link to this document.</source>
        <translation>Ahora no te han dejado entrar. Pide el enlace de este documento.</translation>
    </message>
    <message>
        <source>This document is not shared any more.</source>
        <translation>Este documento ya no se comparte.</translation>
    </message>
    <message>
        <source>Too many people ask to be let in. Try again in a minute.</source>
        <translation>Demasiadas personas piden entrar. Inténtalo de nuevo en un minuto.</translation>
    </message>
    <message>
        <source>Nobody can ask to be let in there any more.</source>
        <translation>Allí ya nadie puede pedir que le dejen entrar.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>the server</source>
        <translation>el servidor</translation>
    </message>
    <message>
        <source>Not saved: disk full</source>
        <translation>Sin guardar: disco lleno</translation>
    </message>
    <message>
        <source>Not saved: the disk cannot be written to</source>
        <translation>Sin guardar: no se puede escribir en el disco</translation>
    </message>
    <message>
        <source>Not saved: the disk does not work</source>
        <translation>Sin guardar: el disco no funciona</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>Saved on this computer</source>
        <translation>Guardado en este equipo</translation>
    </message>
    <message>
        <source>Saved here, shared from this computer</source>
        <translation>Guardado aquí, compartido desde este equipo</translation>
    </message>
    <message>
        <source>Saved here, connecting to %1</source>
        <translation>Guardado aquí, conectando con %1</translation>
    </message>
    <message>
        <source>Saved here and on %1</source>
        <translation>Guardado aquí y en %1</translation>
    </message>
    <message>
        <source>Saved here, sent to %1</source>
        <translation>Guardado aquí, enviado a %1</translation>
    </message>
    <message>
        <source>Offline: everything saved on this computer</source>
        <translation>Sin conexión: todo guardado en este equipo</translation>
    </message>
    <message>
        <source>Not connected: everything saved on this computer</source>
        <translation>No conectado: todo guardado en este equipo</translation>
    </message>
    <message>
        <source>Not trying to connect</source>
        <translation>Sin intentar conectar</translation>
    </message>
    <message>
        <source>Retrying in %1 s</source>
        <translation>Nuevo intento en %1 s</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>Reintentando…</translation>
    </message>
    <message>
        <source>Round trip %1 ms</source>
        <translation>Respuesta en %1 ms</translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln persona</numerusform>
            <numerusform>%Ln personas</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep this window open: your text is here until it can be saved.</source>
        <translation>Deja abierta esta ventana: tu texto está aquí hasta que se pueda guardar.</translation>
    </message>
    <message>
        <source>Open the other one</source>
        <translation>Abrir el otro</translation>
    </message>
    <message>
        <source>Publish mine anew</source>
        <translation>Volver a compartir el mío</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>Volver a escribirlo</translation>
    </message>
    <message>
        <source>You are offline.</source>
        <translation>Estás sin conexión.</translation>
    </message>
    <message>
        <source>Keep writing: every edit is safe here and syncs when the connection returns.</source>
        <translation>Sigue escribiendo: cada cambio está a salvo aquí y se sincroniza cuando vuelva la conexión.</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>Conectar ahora</translation>
    </message>
    <message>
        <source>You can read this document, but not change it.</source>
        <translation>Puedes leer este documento, pero no cambiarlo.</translation>
    </message>
    <message>
        <source>What you wrote before stays on this computer. Ask for a link with which you can write.</source>
        <translation>Lo que escribiste antes se queda en este equipo. Pide un enlace con el que puedas escribir.</translation>
    </message>
    <message>
        <source>Ask for a link with which you can write.</source>
        <translation>Pide un enlace con el que puedas escribir.</translation>
    </message>
    <message>
        <source>It was made by a program that can do more than this version.</source>
        <translation>Lo creó un programa que puede hacer más que esta versión.</translation>
    </message>
    <message>
        <source>A part of this document could not be read from the disk.</source>
        <translation>No se pudo leer del disco una parte de este documento.</translation>
    </message>
    <message>
        <source>It comes back as soon as somebody who has it is connected.</source>
        <translation>Volverá en cuanto se conecte alguien que la tenga.</translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %1: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Conectando con %1: %Ln cambio guardado en este equipo</numerusform>
            <numerusform>Conectando con %1: %Ln cambios guardados en este equipo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved here, %Ln edit(s) on the way to %1</source>
        <translation>
            <numerusform>Guardado aquí, %Ln cambio en camino a %1</numerusform>
            <numerusform>Guardado aquí, %Ln cambios en camino a %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Sin conexión: %Ln cambio guardado en este equipo</numerusform>
            <numerusform>Sin conexión: %Ln cambios guardados en este equipo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not connected: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>No conectado: %Ln cambio guardado en este equipo</numerusform>
            <numerusform>No conectado: %Ln cambios guardados en este equipo</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::desktop::HostingTray</name>
    <message>
        <source>Show Cowrite</source>
        <translation>Mostrar Cowrite</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Dejar de compartir</translation>
    </message>
    <message numerus="yes">
        <source>Cowrite shares %Ln document(s) from this computer.</source>
        <translation>
            <numerusform>Cowrite comparte %Ln documento desde este equipo.</numerusform>
            <numerusform>Cowrite comparte %Ln documentos desde este equipo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::desktop::Notifications</name>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
</context>
<context>
    <name>cowrite::session::ReplicaPrivate</name>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>This computer has no keyring</source>
        <translation>Este equipo no tiene llavero</translation>
    </message>
    <message>
        <source>The keyring has no invitation to this document any more</source>
        <translation>El llavero ya no tiene una invitación a este documento</translation>
    </message>
    <message>
        <source>The keyring was not opened</source>
        <translation>El llavero no se abrió</translation>
    </message>
    <message>
        <source>%1: open the link to this document again to come in.</source>
        <translation>%1: abre otra vez el enlace de este documento para entrar.</translation>
    </message>
    <message>
        <source>%1: the invitation to this document is forgotten when Cowrite ends. Keep the link, to come back with it.</source>
        <translation>%1: la invitación a este documento se olvida al cerrar Cowrite. Guarda el enlace para volver con él.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Banner</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ChatModel</name>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (tú)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>%1 (answers %2)</source>
        <translation>%1 (responde a %2)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ChatPane</name>
    <message>
        <source>%1 is typing…</source>
        <translation>%1 está escribiendo…</translation>
    </message>
    <message>
        <source>%1 and %2 are typing…</source>
        <translation>%1 y %2 están escribiendo…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln people are typing…</source>
        <translation>
            <numerusform>%Ln persona está escribiendo…</numerusform>
            <numerusform>%Ln personas están escribiendo…</numerusform>
        </translation>
    </message>
    <message>
        <source>Search the messages</source>
        <translation>Buscar en los mensajes</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Do not answer this message</source>
        <translation>No responder a este mensaje</translation>
    </message>
    <message>
        <source>Message everyone in this document</source>
        <translation>Escribe a todos en este documento</translation>
    </message>
    <message>
        <source>Nobody has written here yet. Messages stay with the document, for everybody who has it.</source>
        <translation>Nadie ha escrito aquí todavía. Los mensajes se quedan con el documento, para todos los que lo tienen.</translation>
    </message>
    <message>
        <source>No message has “%1”.</source>
        <translation>Ningún mensaje contiene «%1».</translation>
    </message>
    <message>
        <source>Answer to %1</source>
        <translation>Respuesta a %1</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Responder</translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation>&amp;Copiar el texto</translation>
    </message>
    <message>
        <source>&amp;Search the messages</source>
        <translation>&amp;Buscar en los mensajes</translation>
    </message>
    <message>
        <source>Show what this answers</source>
        <translation>Mostrar a qué responde</translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation>Ir a la línea %1</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Abrir %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ColorChoice</name>
    <message>
        <source>Your colour</source>
        <translation>Tu color</translation>
    </message>
    <message>
        <source>Colour %1 of %2</source>
        <translation>Color %1 de %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::CommentCard</name>
    <message>
        <source>Reply</source>
        <translation>Responder</translation>
    </message>
    <message>
        <source>Reply to this comment</source>
        <translation>Responder a este comentario</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Resuelto</translation>
    </message>
    <message>
        <source>Comment by %1 on “%2”, %3: %4</source>
        <translation>Comentario de %1 sobre «%2», %3: %4</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Reabrir</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Resolver</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::CommentsPane</name>
    <message>
        <source>Comment</source>
        <translation>Comentar</translation>
    </message>
    <message>
        <source>Show resolved</source>
        <translation>Mostrar los resueltos</translation>
    </message>
    <message>
        <source>Comment on this text</source>
        <translation>Comentar este texto</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentarios</translation>
    </message>
    <message>
        <source>Nobody has commented on this document. Select some text, and press Ctrl+Alt+M.</source>
        <translation>Nadie ha comentado este documento. Selecciona un texto y pulsa Ctrl+Alt+M.</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Línea %1</translation>
    </message>
    <message>
        <source>The text was removed</source>
        <translation>El texto fue eliminado</translation>
    </message>
    <message>
        <source>You can read this document, but not comment on it.</source>
        <translation>Puedes leer este documento, pero no comentarlo.</translation>
    </message>
    <message>
        <source>Select the text that the comment is about first.</source>
        <translation>Selecciona antes el texto que quieres comentar.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::DocumentListModel</name>
    <message>
        <source>Shared</source>
        <translation>Compartidos</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>En este equipo</translation>
    </message>
    <message>
        <source>on this computer only</source>
        <translation>solo en este equipo</translation>
    </message>
    <message>
        <source>all saved on the server</source>
        <translation>todo guardado en el servidor</translation>
    </message>
    <message>
        <source>edits wait for the server</source>
        <translation>hay cambios que esperan al servidor</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::DocumentView</name>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Línea %1</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>Escribiendo</translation>
    </message>
    <message>
        <source>%1 is here.</source>
        <translation>%1 está aquí.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Nobody else is in this document.</source>
        <translation>No hay nadie más en este documento.</translation>
    </message>
    <message>
        <source>Looking at the time before the first edit.</source>
        <translation>Estás viendo el momento anterior al primer cambio.</translation>
    </message>
    <message>
        <source>Looking at %1.</source>
        <translation>Estás viendo el texto de este momento: %1.</translation>
    </message>
    <message>
        <source>The document itself has not changed.</source>
        <translation>El documento en sí no ha cambiado.</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Volver al presente</translation>
    </message>
    <message>
        <source>There is nothing to change. The document is like that already.</source>
        <translation>No hay nada que cambiar. El documento ya está así.</translation>
    </message>
    <message>
        <source>The document is empty again. Undo takes that back.</source>
        <translation>El documento vuelve a estar vacío. Con Deshacer se recupera.</translation>
    </message>
    <message>
        <source>The document is as it was at %1. Undo takes that back.</source>
        <translation>El documento está como en este momento: %1. Deshacer lo revierte.</translation>
    </message>
    <message>
        <source>What you wrote since then is undone. Undo brings it back.</source>
        <translation>Se ha deshecho lo que escribiste desde entonces. Deshacer lo recupera.</translation>
    </message>
    <message>
        <source>What %1 wrote since then is undone. Undo brings it back.</source>
        <translation>Se ha deshecho lo que %1 escribió desde entonces. Deshacer lo recupera.</translation>
    </message>
    <message>
        <source>%1. Cowrite saves every edit by itself.</source>
        <translation>%1. Cowrite guarda cada cambio por sí solo.</translation>
    </message>
    <message>
        <source>Name this version</source>
        <translation>Nombrar esta versión</translation>
    </message>
    <message>
        <source>Name this moment</source>
        <translation>Nombrar este momento</translation>
    </message>
    <message>
        <source>Everybody who has the document sees the name.</source>
        <translation>Todos los que tienen el documento ven el nombre.</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Ausente</translation>
    </message>
    <message>
        <source>typing</source>
        <translation>escribiendo</translation>
    </message>
    <message>
        <source>Follows you</source>
        <translation>Te sigue</translation>
    </message>
    <message>
        <source>follows you</source>
        <translation>te sigue</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::EditAnnouncer</name>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
    <message>
        <source>%1 wrote in line %2.</source>
        <translation>%1 escribió en la línea %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 wrote in %Ln line(s).</source>
        <translation>
            <numerusform>%1 escribió en %Ln línea.</numerusform>
            <numerusform>%1 escribió en %Ln líneas.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 wrote in lines %2.</source>
        <translation>%1 escribió en las líneas %2.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Editor</name>
    <message>
        <source>Document text</source>
        <translation>Texto del documento</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Cortar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Pegar</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Seleccionar todo</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::EditorActions</name>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Buscar…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>Buscar &amp;siguiente</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>Buscar &amp;anterior</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>R&amp;eemplazar…</translation>
    </message>
    <message>
        <source>&amp;Go to line…</source>
        <translation>&amp;Ir a la línea…</translation>
    </message>
    <message>
        <source>Go to matching &amp;bracket</source>
        <translation>Ir al &amp;paréntesis correspondiente</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>A&amp;mpliar</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>&amp;Reducir</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Tamaño original</translation>
    </message>
    <message>
        <source>&amp;Markdown preview</source>
        <translation>&amp;Vista previa de Markdown</translation>
    </message>
    <message>
        <source>&amp;Wrap long lines</source>
        <translation>A&amp;justar las líneas largas</translation>
    </message>
    <message>
        <source>Line &amp;numbers</source>
        <translation>&amp;Números de línea</translation>
    </message>
    <message>
        <source>Wh&amp;o wrote each line</source>
        <translation>&amp;Quién escribió cada línea</translation>
    </message>
    <message>
        <source>S&amp;paces and tabs</source>
        <translation>&amp;Espacios y tabuladores</translation>
    </message>
    <message>
        <source>P&amp;roportional font</source>
        <translation>&amp;Fuente proporcional</translation>
    </message>
    <message>
        <source>&amp;Comment or uncomment</source>
        <translation>&amp;Comentar o descomentar</translation>
    </message>
    <message>
        <source>&amp;Indent</source>
        <translation>&amp;Aumentar la sangría</translation>
    </message>
    <message>
        <source>&amp;Unindent</source>
        <translation>&amp;Reducir la sangría</translation>
    </message>
    <message>
        <source>Move line &amp;up</source>
        <translation>&amp;Subir la línea</translation>
    </message>
    <message>
        <source>Move line &amp;down</source>
        <translation>&amp;Bajar la línea</translation>
    </message>
    <message>
        <source>Du&amp;plicate line</source>
        <translation>&amp;Duplicar la línea</translation>
    </message>
    <message>
        <source>De&amp;lete line</source>
        <translation>&amp;Eliminar la línea</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::FacesBar</name>
    <message>
        <source>People in this document</source>
        <translation>Personas en este documento</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (tú)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::FindBar</name>
    <message>
        <source>Match case</source>
        <translation>Distinguir mayúsculas</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Palabras completas</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Expresión regular</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Coincidencia anterior</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Coincidencia siguiente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Cerrar la búsqueda</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Replace this match and go to the next</source>
        <translation>Reemplazar esta coincidencia e ir a la siguiente</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Reemplazar todo</translation>
    </message>
    <message>
        <source>Replace every match</source>
        <translation>Reemplazar todas las coincidencias</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Buscar y reemplazar</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Reemplazar por</translation>
    </message>
    <message>
        <source>Once round the text</source>
        <translation>Búsqueda desde el principio</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln reemplazada</numerusform>
            <numerusform>%Ln reemplazadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Not an expression: %1</source>
        <translation>Expresión no válida: %1</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>No encontrado</translation>
    </message>
    <message>
        <source>%1 of more than %2</source>
        <translation>%1 de más de %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln match(es)</source>
        <translation>
            <numerusform>más de %Ln coincidencia</numerusform>
            <numerusform>más de %Ln coincidencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln coincidencia</numerusform>
            <numerusform>%Ln coincidencias</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Following</name>
    <message>
        <source>You follow %1. Any key ends it.</source>
        <translation>Sigues a %1. Cualquier tecla lo termina.</translation>
    </message>
    <message>
        <source>You follow nobody any more.</source>
        <translation>Ya no sigues a nadie.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::GoToBar</name>
    <message>
        <source>Go to line</source>
        <translation>Ir a la línea</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Ir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>1 to %1</source>
        <translation>1 a %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::HistoryModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (tú)</translation>
    </message>
    <message>
        <source>“%1”, named by %2, %3</source>
        <translation>«%1», nombrada por %2, %3</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::HistoryPane</name>
    <message>
        <source>Name…</source>
        <translation>Nombrar…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>What was written, the latest first</source>
        <translation>Lo que se escribió, lo más reciente primero</translation>
    </message>
    <message>
        <source>Give this moment a name</source>
        <translation>Dar un nombre a este momento</translation>
    </message>
    <message>
        <source>Open a document to see its history.</source>
        <translation>Abre un documento para ver su historial.</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>Todavía no se ha escrito nada.</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Leyendo el historial…</translation>
    </message>
    <message>
        <source>Before the first edit</source>
        <translation>Antes del primer cambio</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>You can read this document, but not change it.</source>
        <translation>Puedes leer este documento, pero no cambiarlo.</translation>
    </message>
    <message>
        <source>Restore this moment</source>
        <translation>Restaurar este momento</translation>
    </message>
    <message>
        <source>Undo everything I wrote since %1</source>
        <translation>Deshacer todo lo que escribí desde %1</translation>
    </message>
    <message>
        <source>Undo everything %1 wrote since %2</source>
        <translation>Deshacer todo lo que %1 escribió desde %2</translation>
    </message>
    <message>
        <source>Remove the name “%1”</source>
        <translation>Quitar el nombre «%1»</translation>
    </message>
    <message>
        <source>Copy the text of this moment</source>
        <translation>Copiar el texto de este momento</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::IdentityDialog</name>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Your name and colour</source>
        <translation>Tu nombre y tu color</translation>
    </message>
    <message>
        <source>The people you write with see this name and this colour.</source>
        <translation>Las personas con las que escribes ven este nombre y este color.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Tu nombre</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::JoinDialog</name>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open shared document</source>
        <translation>Abrir un documento compartido</translation>
    </message>
    <message>
        <source>Paste the link that you were sent.</source>
        <translation>Pega el enlace que te enviaron.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Enlace</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::LifeChoice</name>
    <message>
        <source>1 hour</source>
        <translation>1 hora</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 días</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 días</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>sin fin</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>hasta %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MainWindow</name>
    <message>
        <source>Share</source>
        <translation>Compartir</translation>
    </message>
    <message>
        <source>Open documents</source>
        <translation>Documentos abiertos</translation>
    </message>
    <message>
        <source>Write together</source>
        <translation>Escribir juntos</translation>
    </message>
    <message>
        <source>Begin a document and share it, or open one with a link.</source>
        <translation>Empieza un documento y compártelo, o abre uno con un enlace.</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>Documento nuevo</translation>
    </message>
    <message>
        <source>Open shared document…</source>
        <translation>Abrir con un enlace…</translation>
    </message>
    <message>
        <source>%1 – Cowrite</source>
        <translation>%1 – Cowrite</translation>
    </message>
    <message>
        <source>Cowrite</source>
        <translation>Cowrite</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>This copy is on this computer only now. Share it to write together.</source>
        <translation>Esta copia está ahora solo en este equipo. Compártela para escribir juntos.</translation>
    </message>
    <message>
        <source>This document has a link of its own now. Share shows it to send it on.</source>
        <translation>Este documento tiene ahora su propio enlace. Compartir lo muestra para enviarlo.</translation>
    </message>
    <message>
        <source>Open the shared document at %1?</source>
        <translation>¿Abrir el documento compartido en %1?</translation>
    </message>
    <message>
        <source>The people there will see your name, and what you write in it. Open it if you know who sent you this link.</source>
        <translation>Las personas que están allí verán tu nombre y lo que escribas. Ábrelo si sabes quién te envió este enlace.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>This document is open. Close it before you remove it.</source>
        <translation>Este documento está abierto. Ciérralo antes de quitarlo.</translation>
    </message>
    <message>
        <source>Remove this document from this computer?</source>
        <translation>¿Quitar este documento de este equipo?</translation>
    </message>
    <message>
        <source>What is nowhere else is gone then.</source>
        <translation>Lo que no esté en otro sitio se perderá.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Rename document</source>
        <translation>Cambiar el nombre del documento</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lenguaje</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>About Cowrite</source>
        <translation>Acerca de Cowrite</translation>
    </message>
    <message>
        <source>Cowrite %1</source>
        <translation>Cowrite %1</translation>
    </message>
    <message>
        <source>An editor in which several people write the same document at once. Free software under the MIT licence.</source>
        <translation>Un editor en el que varias personas escriben el mismo documento a la vez. Software libre con licencia MIT.</translation>
    </message>
    <message>
        <source>“%1” is not saved.
If you close now, the last edits are lost. %2</source>
        <translation>«%1» no está guardado.
Si cierras ahora, se pierden los últimos cambios. %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln edit(s) have not reached %1 yet.</source>
        <translation>
            <numerusform>%Ln cambio no ha llegado todavía a %1.</numerusform>
            <numerusform>%Ln cambios no han llegado todavía a %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is saved on this computer and will be sent the next time Cowrite runs.</source>
        <translation>Todo está guardado en este equipo y se enviará la próxima vez que abras Cowrite.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Dejar abierto</translation>
    </message>
    <message>
        <source>Not everything is saved.
If you close now, the last edits are lost. %1</source>
        <translation>No está todo guardado.
Si cierras ahora, se pierden los últimos cambios. %1</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Abrir un archivo</translation>
    </message>
    <message>
        <source>Web pages, turned into Markdown (*.html *.htm)</source>
        <translation>Páginas web, convertidas a Markdown (*.html *.htm)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Save a copy as file</source>
        <translation>Guardar una copia como archivo</translation>
    </message>
    <message>
        <source>A copy is in “%1”.</source>
        <translation>Hay una copia en «%1».</translation>
    </message>
    <message>
        <source>Save to file on every change</source>
        <translation>Guardar en un archivo con cada cambio</translation>
    </message>
    <message>
        <source>Save to file on every c&amp;hange…</source>
        <translation>Guardar en un archivo con cada ca&amp;mbio…</translation>
    </message>
    <message>
        <source>Save to file on every c&amp;hange (%1)</source>
        <translation>Guardar en un archivo con cada ca&amp;mbio (%1)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sesión</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Herramientas</translation>
    </message>
    <message>
        <source>L&amp;anguage…</source>
        <translation>Len&amp;guaje…</translation>
    </message>
    <message>
        <source>&amp;All commands…</source>
        <translation>&amp;Todas las órdenes…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>Ata&amp;jos de teclado…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ay&amp;uda</translation>
    </message>
    <message>
        <source>&amp;New document</source>
        <translation>&amp;Nuevo documento</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>&amp;Abrir un archivo…</translation>
    </message>
    <message>
        <source>Open &amp;shared document…</source>
        <translation>Abrir un documento &amp;compartido…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Abrir &amp;reciente</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>Save a &amp;copy as file…</source>
        <translation>Guardar una co&amp;pia como archivo…</translation>
    </message>
    <message>
        <source>Rena&amp;me document…</source>
        <translation>Cambiar e&amp;l nombre…</translation>
    </message>
    <message>
        <source>&amp;Close document</source>
        <translation>C&amp;errar el documento</translation>
    </message>
    <message>
        <source>Ctrl+W</source>
        <translation>Ctrl+W</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>C&amp;ortar</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Pe&amp;gar</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
    <message>
        <source>Commen&amp;t on selection…</source>
        <translation>Come&amp;ntar la selección…</translation>
    </message>
    <message>
        <source>Ctrl+Alt+M</source>
        <translation>Ctrl+Alt+M</translation>
    </message>
    <message>
        <source>&amp;Documents</source>
        <translation>&amp;Documentos</translation>
    </message>
    <message>
        <source>&amp;Side pane</source>
        <translation>Panel &amp;lateral</translation>
    </message>
    <message>
        <source>Ctrl+F9</source>
        <translation>Ctrl+F9</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;Historial</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Tem&amp;a</translation>
    </message>
    <message>
        <source>Like the &amp;system</source>
        <translation>Como el &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Compartir…</translation>
    </message>
    <message>
        <source>Ctrl+Alt+S</source>
        <translation>Ctrl+Alt+S</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Copiar el &amp;enlace</translation>
    </message>
    <message>
        <source>Connect &amp;now</source>
        <translation>Conectar &amp;ahora</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Desconectar</translation>
    </message>
    <message>
        <source>Te&amp;xt to show</source>
        <translation>Te&amp;xto que se muestra</translation>
    </message>
    <message>
        <source>Where is &amp;everyone?</source>
        <translation>¿Dónde e&amp;stán todos?</translation>
    </message>
    <message>
        <source>Ctrl+Alt+E</source>
        <translation>Ctrl+Alt+E</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>C&amp;hat</translation>
    </message>
    <message>
        <source>Search the c&amp;hat</source>
        <translation>&amp;Buscar en el chat</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personas</translation>
    </message>
    <message>
        <source>Co&amp;mments</source>
        <translation>Co&amp;mentarios</translation>
    </message>
    <message>
        <source>S&amp;tatistics</source>
        <translation>Es&amp;tadísticas</translation>
    </message>
    <message>
        <source>Your name and c&amp;olour…</source>
        <translation>T&amp;u nombre y tu color…</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Todavía no hay documentos</translation>
    </message>
    <message>
        <source>Look at a sample</source>
        <translation>Ver un ejemplo</translation>
    </message>
    <message>
        <source>%1 in “%2”</source>
        <translation>%1 en «%2»</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>en este equipo</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Bienvenida</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Preferencias…</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Go to &amp;document…</source>
        <translation>&amp;Ir al documento…</translation>
    </message>
    <message>
        <source>Sharing could not go on, and links that were sent reach nobody. %1</source>
        <translation>No se pudo seguir compartiendo, y los enlaces enviados no llegan a nadie. %1</translation>
    </message>
    <message>
        <source>Ne&amp;xt pane</source>
        <translation>Panel sigu&amp;iente</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>Panel anteri&amp;or</translation>
    </message>
    <message>
        <source>Next d&amp;ocument</source>
        <translation>Docu&amp;mento siguiente</translation>
    </message>
    <message>
        <source>&amp;Previous document</source>
        <translation>Documento &amp;anterior</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MarkdownPreview</name>
    <message>
        <source>Preview of the document</source>
        <translation>Vista previa del documento</translation>
    </message>
    <message>
        <source>This document is too long for a preview.</source>
        <translation>Este documento es demasiado largo para una vista previa.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MessageInput</name>
    <message>
        <source>People to mention</source>
        <translation>Personas que puedes mencionar</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PastView</name>
    <message>
        <source>Text as it was</source>
        <translation>El texto como estaba</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PeopleModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (tú)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PeoplePane</name>
    <message>
        <source>People in this document</source>
        <translation>Personas en este documento</translation>
    </message>
    <message>
        <source>Show their place</source>
        <translation>Mostrar dónde está</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Dejar de seguir</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Remove from this document</source>
        <translation>Quitar de este documento</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::RoleChoice</name>
    <message>
        <source>can view</source>
        <translation>puede leer</translation>
    </message>
    <message>
        <source>can comment</source>
        <translation>puede comentar</translation>
    </message>
    <message>
        <source>can edit</source>
        <translation>puede editar</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SelfButton</name>
    <message>
        <source>Change your name or colour</source>
        <translation>Cambia tu nombre o tu color</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (tú)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Tú</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Tu nombre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>The people you write with see this name and this colour.</source>
        <translation>Las personas con las que escribes ven este nombre y este color.</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Fuente</translation>
    </message>
    <message>
        <source>Monospaced</source>
        <translation>Monoespaciada</translation>
    </message>
    <message>
        <source>Proportional</source>
        <translation>Proporcional</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Ajustar las líneas largas</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>Números de línea</translation>
    </message>
    <message>
        <source>A stripe that says who wrote each line</source>
        <translation>Una franja que indica quién escribió cada línea</translation>
    </message>
    <message>
        <source>Show spaces and tabs</source>
        <translation>Mostrar espacios y tabuladores</translation>
    </message>
    <message>
        <source>To check the spelling, install a dictionary of Hunspell.</source>
        <translation>Para revisar la ortografía, instala un diccionario de Hunspell.</translation>
    </message>
    <message>
        <source>Check the spelling</source>
        <translation>Revisar la ortografía</translation>
    </message>
    <message>
        <source>Language of new documents</source>
        <translation>Idioma de los documentos nuevos</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Share with</source>
        <translation>Compartir con</translation>
    </message>
    <message>
        <source>Programs on this computer</source>
        <translation>Programas de este equipo</translation>
    </message>
    <message>
        <source>Computers on this network</source>
        <translation>Equipos de esta red</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Puerto</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Cualquiera</translation>
    </message>
    <message>
        <source>Where this computer listens when you share a document from it. What is shared now stays where it is.</source>
        <translation>Dónde escucha este equipo cuando compartes un documento desde él. Lo que ya se comparte se queda donde está.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privacidad</translation>
    </message>
    <message>
        <source>Show others where I am in the text</source>
        <translation>Mostrar a los demás dónde estoy en el texto</translation>
    </message>
    <message>
        <source>Show others when I am typing</source>
        <translation>Mostrar a los demás cuándo escribo</translation>
    </message>
    <message>
        <source>Your name, your colour and what you write are always seen by the people in a document.</source>
        <translation>Las personas de un documento siempre ven tu nombre, tu color y lo que escribes.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notificaciones</translation>
    </message>
    <message>
        <source>When somebody mentions me</source>
        <translation>Cuando alguien me menciona</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>No molestar</translation>
    </message>
    <message>
        <source>While you are not to be disturbed, nothing is shown outside of the window.</source>
        <translation>Mientras no quieras que te molesten, no se muestra nada fuera de la ventana.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ShareGuests</name>
    <message>
        <source>Who came by the link</source>
        <translation>Quién entró con el enlace</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
    <message>
        <source>What %1 may do</source>
        <translation>Qué puede hacer %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar a %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SharePopover</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy link for a browser</source>
        <translation>Copiar enlace para navegador</translation>
    </message>
    <message>
        <source>Let other computers on this network join</source>
        <translation>Permitir otros equipos de esta red</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Dejar de compartir</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Compartir</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Enlace</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copied for a browser</source>
        <translation>Copiado para navegador</translation>
    </message>
    <message>
        <source>Share “%1”</source>
        <translation>Compartir «%1»</translation>
    </message>
    <message>
        <source>Hosted on %1. People join with this link.</source>
        <translation>Alojado en %1. Los demás entran con este enlace.</translation>
    </message>
    <message>
        <source>a server</source>
        <translation>un servidor</translation>
    </message>
    <message>
        <source>This document is not shared.</source>
        <translation>Este documento no está compartido.</translation>
    </message>
    <message>
        <source>Make a new link</source>
        <translation>Crear un enlace nuevo</translation>
    </message>
    <message>
        <source>The link for a browser, as a picture for a telephone</source>
        <translation>El enlace para un navegador, como imagen para un teléfono</translation>
    </message>
    <message>
        <source>The link that there is stops working, for those who are here too.</source>
        <translation>El enlace actual deja de valer, también para quienes ya están aquí.</translation>
    </message>
    <message>
        <source>Anyone with the link</source>
        <translation>Quien tenga el enlace</translation>
    </message>
    <message>
        <source>What anyone with the link may do</source>
        <translation>Qué puede hacer quien tenga el enlace</translation>
    </message>
    <message>
        <source>How long the link is good</source>
        <translation>Cuánto tiempo vale el enlace</translation>
    </message>
    <message>
        <source>Hosted from this computer. People on the link join in the app or in a browser; nothing to install.</source>
        <translation>Alojado en este equipo. Con el enlace se entra desde la aplicación o el navegador; no hay que instalar nada.</translation>
    </message>
    <message>
        <source>Hosted from this computer, for programs on this computer. The link is good in the app and in a browser.</source>
        <translation>Alojado en este equipo, para programas de este equipo. El enlace vale en la aplicación y en el navegador.</translation>
    </message>
    <message>
        <source>This link has ended: nobody comes in with it any more. Make a new link, to go on.</source>
        <translation>Este enlace ha terminado: ya nadie entra con él. Crea un enlace nuevo para seguir.</translation>
    </message>
    <message>
        <source>Encrypted (TLS). The link carries this computer’s fingerprint, so nobody can pose as it. A browser does not know it, and asks before it goes on.</source>
        <translation>Cifrado (TLS). El enlace lleva la huella de este equipo, así que nadie puede hacerse pasar por él. Un navegador no la conoce y pregunta antes de seguir.</translation>
    </message>
    <message>
        <source>The camera of a telephone opens this picture in its browser.</source>
        <translation>La cámara de un teléfono abre esta imagen en su navegador.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ShortcutsDialog</name>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Como estaba</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Buscar órdenes</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Órdenes</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Atajo</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Atajo nuevo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>This one is taken by “%1”.</source>
        <translation>Este ya lo usa «%1».</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SidePane</name>
    <message>
        <source>Chat, people, comments and history</source>
        <translation>Chat, personas, comentarios e historial</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentarios</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Sidebar</name>
    <message>
        <source>Search documents</source>
        <translation>Buscar documentos</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Remove from this computer…</source>
        <translation>Quitar de este equipo…</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Spelling</name>
    <message>
        <source>Check &amp;spelling</source>
        <translation>Revisar la &amp;ortografía</translation>
    </message>
    <message>
        <source>Spelling lan&amp;guage</source>
        <translation>Idioma de la ortogra&amp;fía</translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation>No hay ningún diccionario instalado</translation>
    </message>
    <message>
        <source>No document is open</source>
        <translation>No hay ningún documento abierto</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SpellingLayer</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Buscando sugerencias…</translation>
    </message>
    <message>
        <source>Add “%1” to the dictionary</source>
        <translation>Añadir «%1» al diccionario</translation>
    </message>
    <message>
        <source>Ignore “%1”</source>
        <translation>Ignorar «%1»</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Sin sugerencias</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::StatisticsDialog</name>
    <message>
        <source>Statistics</source>
        <translation>Estadísticas</translation>
    </message>
    <message>
        <source>The documents that are shared from this computer.</source>
        <translation>Los documentos que se comparten desde este equipo.</translation>
    </message>
    <message>
        <source>Shared documents</source>
        <translation>Documentos compartidos</translation>
    </message>
    <message>
        <source>Guests</source>
        <translation>Invitados</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibido</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <source>Until an edit is on the disk</source>
        <translation>Hasta que un cambio está en el disco</translation>
    </message>
    <message>
        <source>Delay of this program</source>
        <translation>Retraso de este programa</translation>
    </message>
    <message>
        <source>%1 messages/s, %2/s</source>
        <translation>%1 mensajes/s, %2/s</translation>
    </message>
    <message>
        <source>%1 now, %2 since the start</source>
        <translation>%1 ahora, %2 desde el inicio</translation>
    </message>
    <message>
        <source>mostly within %1 ms, nearly always within %2 ms</source>
        <translation>casi siempre en %2 ms, normalmente en %1 ms</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>aún sin medir</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::StatusBar</name>
    <message>
        <source>The language of the document</source>
        <translation>El lenguaje del documento</translation>
    </message>
    <message>
        <source>Ln %1, Col %2</source>
        <translation>Lín. %1, Col. %2</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Lenguaje: %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::TimeBar</name>
    <message>
        <source>Edit to look at</source>
        <translation>Cambio que se muestra</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>See how the text was written</source>
        <translation>Ver cómo se escribió el texto</translation>
    </message>
    <message>
        <source>edit %1 of %2</source>
        <translation>cambio %1 de %2</translation>
    </message>
</context>
</TS>
