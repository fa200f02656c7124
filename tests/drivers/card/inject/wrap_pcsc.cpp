// Every call of PC/SC that the driver makes, handed to the service of the test; CMakeLists.txt has the linker
// put these in their place.
#include "tests/drivers/card/inject/pcsc_service.hpp"

using kaomon::test::PcscService;

// WRAP(what it returns, its name, its parameters, what it does)
#define WRAP(Result, name, parameters, body)                                                                 \
    extern "C" Result __wrap_##name parameters;                                                              \
    Result __wrap_##name parameters {                                                                        \
        return PcscService::running().body;                                                                  \
    }

WRAP(LONG, SCardEstablishContext, (DWORD, LPCVOID, LPCVOID, SCARDCONTEXT* c), establish(c))
WRAP(LONG, SCardReleaseContext, (SCARDCONTEXT c), release(c))
WRAP(LONG, SCardListReaders, (SCARDCONTEXT c, LPCSTR, LPSTR names, DWORD* size), list(c, names, size))
WRAP(LONG, SCardGetStatusChange, (SCARDCONTEXT c, DWORD, SCARD_READERSTATE* s, DWORD n),
     status_change(c, s, n))
WRAP(LONG, SCardConnect, (SCARDCONTEXT c, LPCSTR r, DWORD, DWORD, SCARDHANDLE* h, DWORD* p),
     connect(c, r, h, p))
WRAP(LONG, SCardDisconnect, (SCARDHANDLE h, DWORD), disconnect(h))
WRAP(LONG, SCardStatus, (SCARDHANDLE h, LPSTR, DWORD*, DWORD*, DWORD*, BYTE* a, DWORD* n), status(h, a, n))
WRAP(LONG, SCardControl, (SCARDHANDLE h, DWORD code, LPCVOID, DWORD, LPVOID to, DWORD room, DWORD* n),
     control(h, code, static_cast<BYTE*>(to), room, n))
WRAP(LONG, SCardTransmit,
     (SCARDHANDLE h, const SCARD_IO_REQUEST*, const BYTE* c, DWORD m, SCARD_IO_REQUEST*, BYTE* a, DWORD* n),
     transmit(h, c, m, a, n))
