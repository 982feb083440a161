/*
 * A disk that can fail, in front of the one that a process writes to; loaded with LD_PRELOAD.
 *
 * PARLEY_DISK_IMAGE: a folder that gets, after each successful fsync of a file, a copy of it: what would be there after a
 *   power cut, on a disk that keeps what it was told to keep and nothing else.
 * PARLEY_DISK_FAULTS: a folder; while a file of one of these names is in it:
 *   `enospc`: writes to databases fail, the disk is full.
 *   `erofs`: they fail, and so does opening them to write, as where the kernel remounted a bad disk read-only.
 *   `eio`: syncs fail.
 *   `slow`: syncs take 5 ms longer.
 * PARLEY_DISK_DIE: `SUFFIX:N`: the process is killed in place of the N-th sync of a file whose name ends so.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int path_of(int fd, char *path) {
  char link[64];
  struct stat info;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, ".db") != NULL;
}

static int faulty(const char *name) {
  const char *folder = getenv("PARLEY_DISK_FAULTS");
  if (!folder) return 0;
  char path[PATH_MAX + 16];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return access(path, F_OK) == 0;
}

static void keep(int fd, const char *path) {
  const char *folder = getenv("PARLEY_DISK_IMAGE");
  if (!folder) return;
  char image[2 * PATH_MAX], fresh[2 * PATH_MAX + 8];
  snprintf(image, sizeof image, "%s/%s", folder, strrchr(path, '/') + 1);
  snprintf(fresh, sizeof fresh, "%s.new", image);
  int (*opened)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int from = opened(path, O_RDONLY);
  int to = opened(fresh, O_CREAT | O_WRONLY | O_TRUNC, 0644);
  if (from < 0 || to < 0) abort();
  char buffer[1 << 16];
  ssize_t length;
  ssize_t (*plain)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  while ((length = read(from, buffer, sizeof buffer)) > 0)
    if (plain(to, buffer, length) != length) abort();
  close(from);
  close(to);
  rename(fresh, image);
  (void)fd;
}

static void die_in_time(const char *path) {
  static int count = 0;
  const char *plan = getenv("PARLEY_DISK_DIE");
  if (!plan) return;
  char suffix[64];
  int at = 0;
  if (sscanf(plan, "%63[^:]:%d", suffix, &at) != 2) abort();
  size_t have = strlen(path), want = strlen(suffix);
  if (have < want || strcmp(path + have - want, suffix) != 0) return;
  if (++count == at) raise(SIGKILL);
}

static int sync_file(int fd, const char *call) {
  int (*plain)(int) = dlsym(RTLD_NEXT, call);
  char path[PATH_MAX];
  if (!path_of(fd, path)) return plain(fd);
  die_in_time(path);
  if (faulty("eio")) {
    errno = EIO;
    return -1;
  }
  if (faulty("slow")) {
    struct timespec pause = {0, 5000000};
    nanosleep(&pause, NULL);
  }
  int result = plain(fd);
  if (result == 0) keep(fd, path);
  return result;
}

int fsync(int fd) { return sync_file(fd, "fsync"); }

int fdatasync(int fd) { return sync_file(fd, "fdatasync"); }

static int full(int fd) {
  char path[PATH_MAX];
  int error = faulty("enospc") ? ENOSPC : faulty("erofs") ? EROFS : 0;
  if (error == 0 || !path_of(fd, path)) return 0;
  errno = error;
  return 1;
}

static int open_file(const char *call, const char *path, int flags, mode_t mode) {
  int (*plain)(const char *, int, ...) = dlsym(RTLD_NEXT, call);
  if ((flags & O_ACCMODE) != O_RDONLY && strstr(path, ".db") != NULL && faulty("erofs")) {
    errno = EROFS;
    return -1;
  }
  return plain(path, flags, mode);
}

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, mode_t) : 0; }

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_file("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_file("open64", path, flags, mode);
}

int ftruncate64(int fd, off64_t length) {
  int (*plain)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
  return faulty("erofs") && full(fd) ? -1 : plain(fd, length);
}

ssize_t write(int fd, const void *data, size_t length) {
  ssize_t (*plain)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  return full(fd) ? -1 : plain(fd, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  ssize_t (*plain)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
  return full(fd) ? -1 : plain(fd, data, length, at);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  ssize_t (*plain)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  return full(fd) ? -1 : plain(fd, data, length, at);
}
