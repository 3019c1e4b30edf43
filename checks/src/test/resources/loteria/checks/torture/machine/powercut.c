/*
 * Cuts the power of a file system, as far as it is concerned: what is not on the disk by now never gets there. The
 * argument is a file or folder on it. Such a file system answers nothing but errors until it is mounted again.
 */
#include <fcntl.h>
#include <linux/types.h>
#include <stdio.h>
#include <sys/ioctl.h>

/* FS_IOC_SHUTDOWN of Linux, include/uapi/linux/fs.h, and its flag for a log that is not flushed. */
#define SHUTDOWN _IOR('X', 125, __u32)
#define LOG_NOT_FLUSHED 2

int main(int count, char **arguments) {
  __u32 how = LOG_NOT_FLUSHED;
  int file = count == 2 ? open(arguments[1], O_RDONLY) : -1;
  if (file < 0 || ioctl(file, SHUTDOWN, &how) != 0) {
    perror("powercut");
    return 1;
  }
  return 0;
}
