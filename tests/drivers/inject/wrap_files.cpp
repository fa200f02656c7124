// Every system call by which a file is written, handed to the disk of the test if there is one;
// CMakeLists.txt has the linker put these in their place.
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/real_calls.hpp"

using kaomon::test::inject::Disk;

// WRAP(what it returns, its name, its parameters, what the disk does, what the system does)
#define WRAP(Result, name, parameters, on_disk, real)                                                        \
    extern "C" Result __wrap_##name parameters;                                                              \
    Result __wrap_##name parameters {                                                                        \
        Disk* const disk = Disk::running();                                                                  \
        return disk != nullptr ? disk->on_disk : real;                                                       \
    }

WRAP(int, open, (const char* p, int f, unsigned m), open(p, f, m), __real_open(p, f, m))
WRAP(ssize_t, write, (int d, const void* b, std::size_t n), write(d, b, n), __real_write(d, b, n))
WRAP(int, fsync, (int d), sync("fsync", d, __real_fsync), __real_fsync(d))
WRAP(int, fdatasync, (int d), sync("fdatasync", d, __real_fdatasync), __real_fdatasync(d))
WRAP(int, ftruncate, (int d, off_t n), truncate(d, n), __real_ftruncate(d, n))
WRAP(int, rename, (const char* a, const char* b), rename("rename", b, [=] { return __real_rename(a, b); }),
     __real_rename(a, b))
WRAP(int, renameat2, (int d, const char* a, int e, const char* b, unsigned f),
     rename("renameat2", b, [=] { return __real_renameat2(d, a, e, b, f); }), __real_renameat2(d, a, e, b, f))
WRAP(int, unlink, (const char* p), unlink(p), __real_unlink(p))
WRAP(int, posix_fadvise, (int d, off_t at, off_t n, int a), advise(d, a), __real_posix_fadvise(d, at, n, a))
WRAP(int, fallocate, (int d, int m, off_t at, off_t n), allocate(d, m, at, n), __real_fallocate(d, m, at, n))
