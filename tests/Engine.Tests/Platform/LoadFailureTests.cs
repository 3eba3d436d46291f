using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>An assembly that does not load is no fault of the disk, though .NET calls both an IOException.</summary>
public class LoadFailureTests
{
    private const string AssemblyName = "NetVips, Version=65534.2.0.0, Culture=neutral, PublicKeyToken=null";

    public static TheoryData<Exception> LoadFailures =>
    [
        new FileLoadException("Could not load file or assembly", AssemblyName),
        new FileNotFoundException("Could not load file or assembly", AssemblyName),
        new BadImageFormatException(), new TypeLoadException(), new MissingMethodException(), new MissingFieldException(),
        new TypeInitializationException("NetVips.Image", new TypeLoadException()),
    ];

    public static TheoryData<Exception> DiskFailures =>
    [
        new IOException(), new FileNotFoundException("Could not find file", "/pictures/a.png"), new EndOfStreamException(),
        new UnauthorizedAccessException(),
    ];

    [Theory, MemberData(nameof(LoadFailures))]
    public void Tells_assemblies_from_disks(Exception exception)
    {
        Assert.True(LoadFailure.Is(exception));
        Assert.False(LoadFailure.IsOfDisk(exception));
    }

    [Theory, MemberData(nameof(DiskFailures))]
    public void Tells_disks_from_assemblies(Exception exception)
    {
        Assert.False(LoadFailure.Is(exception));
        Assert.True(LoadFailure.IsOfDisk(exception));
    }

    [Fact]
    public void What_is_neither_is_neither()
    {
        Assert.False(LoadFailure.Is(new InvalidOperationException()));
        Assert.False(LoadFailure.IsOfDisk(new InvalidOperationException()));
    }

    [Theory, MemberData(nameof(LoadFailures))]
    public void Writing_a_file_does_not_blame_the_disk(Exception exception)
    {
        using var folder = new TemporaryFolder();
        using (var file = new ReplacementFile(folder.File("model.onnx"), overwrite: false, PictureException.ForWriting))
            Assert.Same(exception, Record.Exception(() => file.Write(_ => throw exception)));
        Assert.Empty(folder.FileNames());
    }

    [Theory, MemberData(nameof(DiskFailures))]
    public void Writing_a_file_blames_the_disk(Exception exception)
    {
        using var folder = new TemporaryFolder();
        using var file = new ReplacementFile(folder.File("model.onnx"), overwrite: false, PictureException.ForWriting);
        var error = Assert.Throws<PictureException>(() => file.Write(_ => throw exception));
        Assert.Equal(PictureProblem.WriteFailed, error.Problem);
        Assert.Same(exception, error.InnerException);
    }

    [Theory, MemberData(nameof(LoadFailures))]
    public void Reading_a_model_does_not_blame_the_disk(Exception exception) =>
        Assert.Same(exception, Record.Exception(() => new ModelFaults("a").Reading<int>(() => throw exception)));
}
