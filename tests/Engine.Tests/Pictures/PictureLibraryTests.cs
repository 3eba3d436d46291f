namespace MonaLisa.Engine.Tests;

public class PictureLibraryTests
{
    [Fact]
    public void The_native_library_lies_where_it_is_looked_for() =>
        Assert.Contains(PictureLibrary.NativeFolders(AppContext.BaseDirectory),
            folder => File.Exists(Path.Combine(folder, PictureLibrary.FileName)));

    [Fact]
    public void Many_threads_may_start_it_at_once() =>
        Parallel.For(0, 16, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken },
            _ => PictureLibrary.EnsureReady());
}
