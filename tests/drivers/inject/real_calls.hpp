// The system's own functions, where the linker has put those of wrap_files.cpp in their place.
#pragma once

#include <sys/types.h>

#include <cstddef>

extern "C" {
int __real_open(const char* path, int flags, ...);
ssize_t __real_write(int descriptor, const void* from, std::size_t bytes);
int __real_fsync(int descriptor);
int __real_fdatasync(int descriptor);
int __real_ftruncate(int descriptor, off_t bytes);
int __real_rename(const char* from, const char* to);
int __real_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags);
int __real_fallocate(int descriptor, int mode, off_t at, off_t bytes);
int __real_unlink(const char* path);
int __real_posix_fadvise(int descriptor, off_t at, off_t bytes, int advice);
}
