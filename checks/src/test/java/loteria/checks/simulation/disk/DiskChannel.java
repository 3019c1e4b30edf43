package loteria.checks.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import loteria.testing.DiskFile;

/** An open file of a {@link Disk}, or its directory, with the calls that the central makes. */
final class DiskChannel extends FileChannel {
  private final Disk disk;
  private final Optional<DiskFile> file;

  private DiskChannel(Disk disk, Optional<DiskFile> file) {
    this.disk = disk;
    this.file = file;
  }

  static DiskChannel of(Disk disk, DiskFile file) {
    return new DiskChannel(disk, Optional.of(file));
  }

  static DiskChannel ofDirectory(Disk disk) {
    return new DiskChannel(disk, Optional.empty());
  }

  @Override
  public long size() {
    return file.orElseThrow().size();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return disk.read(file.orElseThrow(), into, position);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    return disk.write(file.orElseThrow(), from, position);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.truncate(file.orElseThrow(), size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (file.isPresent()) {
      disk.sync(file.get());
    } else {
      disk.syncNames();
    }
  }

  /** There is one central at a time: a lock is always to be had. */
  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    return new FileLock(this, position, size, shared) {
      @Override
      public boolean isValid() {
        return isOpen();
      }

      @Override
      public void release() {}
    };
  }

  /** What is open is closed by the system when a program dies: so this never fails. */
  @Override
  protected void implCloseChannel() {}

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public int read(ByteBuffer into) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public int write(ByteBuffer from) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public long position() {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public FileChannel position(long newPosition) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw DiskFileSystem.notAsked();
  }
}
