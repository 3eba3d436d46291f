using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Several writers at once: one writes, and the others are told that it does.</summary>
public sealed class WriterLockTests : IDisposable
{
    private const int Writers = 8, Rounds = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_has_it_at_a_time_and_whoever_loses_is_told_that_it_is_in_use()
    {
        string path = _folder.File("run.checkpoint");
        int holders = 0, held = 0;
        Race(() =>
        {
            try
            {
                using var own = new WriterLock(path);
                Assert.Equal(1, Interlocked.Increment(ref holders));
                Interlocked.Increment(ref held);
                Interlocked.Decrement(ref holders);
            }
            catch (ModelFileException exception)
            {
                Assert.Equal(ModelFileProblem.InUse, exception.Problem);
                Assert.Contains("another run writes it", exception.Message);
            }
        });
        Assert.True(held > 0);
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void A_lock_that_somebody_removed_does_not_take_the_next_ones_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Nobody can remove it there.");
        string path = _folder.File("run.checkpoint"), file = path + WriterLock.Extension;
        var first = new WriterLock(path);
        File.Delete(file);
        using var second = new WriterLock(path);
        first.Dispose();
        Assert.True(File.Exists(file));
        Assert.Equal(ModelFileProblem.InUse, Assert.Throws<ModelFileException>(() => new WriterLock(path)).Problem);
    }

    [Fact]
    public void Writers_of_one_file_do_not_take_each_others_for_leftovers()
    {
        string target = _folder.File("a.bin");
        Race(() =>
        {
            using var file = new ReplacementFile(target, overwrite: true, (_, _, message, cause) => new IOException(message, cause));
            file.Write(stream => stream.Write([1, 2, 3]));
            file.Commit();
        });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(target));
        Assert.Equal(["a.bin"], _folder.FileNames());
    }

    private static void Race(Action action)
    {
        var threads = new Thread[Writers];
        var failures = new List<Exception>();
        for (int i = 0; i < Writers; i++)
        {
            threads[i] = new Thread(() =>
            {
                try
                {
                    for (int round = 0; round < Rounds; round++)
                        action();
                }
                catch (Exception exception)
                {
                    lock (failures)
                        failures.Add(exception);
                }
            });
            threads[i].Start();
        }
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Empty(failures);
    }
}
