using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Tests;

public class PictureLibraryTests
{
    public PictureLibraryTests() => PictureLibrary.EnsureReady();

    [Fact]
    public void The_native_library_lies_where_it_is_looked_for() =>
        Assert.Contains(NativePictureLibrary.Folders(AppContext.BaseDirectory),
            folder => File.Exists(Path.Combine(folder, NativePictureLibrary.FileName)));

    [Fact]
    public void Many_threads_may_start_it_at_once_and_use_it()
    {
        double[] averages = new double[16];
        Parallel.For(0, averages.Length, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            PictureLibrary.EnsureReady();
            using Image black = Image.Black(4, 3), shade = black + i;
            averages[i] = shade.Avg();
        });
        Assert.Equal(Enumerable.Range(0, averages.Length).Select(i => (double)i), averages);
    }

    [Fact]
    public void A_missing_library_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        string other = folder.File(Path.Combine("runtimes", "amiga-68k", "native"));
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, NativePictureLibrary.FileName), "");
        Directory.CreateDirectory(folder.File(Path.Combine("runtimes", "empty", "native")));
        var error = Assert.Throws<DllNotFoundException>(() => NativePictureLibrary.Load(folder.Path));
        string wanted = Path.Combine(NativePictureLibrary.Folders(folder.Path)[0], NativePictureLibrary.FileName);
        Assert.Contains($"'{wanted}' is not there", error.Message);
        Assert.Contains("Install MonaLisa.PS again", error.Message);
        Assert.EndsWith("this one is for amiga-68k.", error.Message);
    }

    [Fact]
    public void A_file_that_is_no_library_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        string native = NativePictureLibrary.Folders(folder.Path)[0], file = Path.Combine(native, NativePictureLibrary.FileName);
        Directory.CreateDirectory(native);
        File.WriteAllText(file, "no library");
        var error = Assert.Throws<DllNotFoundException>(() => NativePictureLibrary.Load(folder.Path));
        Assert.StartsWith($"The picture library '{file}' could not be loaded: ", error.Message);
        Assert.EndsWith(". Install MonaLisa.PS again.", error.Message);
    }

    [Fact]
    public void An_operation_that_is_missing_is_no_fault_of_a_picture()
    {
        var answer = Assert.Throws<VipsException>(() => Operation.NewFromName("rawsave_nowhere"));
        PictureException? error = PictureLibrary.MissingOperation("a.png", answer);
        Assert.NotNull(error);
        Assert.Equal(PictureProblem.OperationMissing, error.Problem);
        Assert.Contains("no operation 'rawsave_nowhere'", error.Message);
        Assert.Contains($"libvips {ModuleInitializer.Version >> 16}.", error.Message);
        Assert.Null(PictureLibrary.MissingOperation("a.png", new VipsException("unable to call rawsave_target")));
    }

    [Fact]
    public void An_encoder_that_is_missing_or_fails_does_not_blame_the_disk()
    {
        PictureException missing = Encode((image, _) => Operation.Call("pngsave_nowhere", image));
        Assert.Equal(PictureProblem.OperationMissing, missing.Problem);
        PictureException failed = Encode((_, target) => Image.Black(20_000, 1).WebpsaveTarget(target));
        Assert.Equal(PictureProblem.WriteFailed, failed.Problem);
        Assert.Contains("encoder", failed.Message);
        Assert.DoesNotContain("disk", failed.Message);

        static PictureException Encode(Action<Image, Target> save) => Assert.Throws<PictureException>(() =>
            new StripEncoder(
                new StripShape(4, 4, 3, 8), (_, _, colors) => colors.Clear(), new EncoderName("PNG", "pngsave_target", ".tif"), save)
            .Encode("a.png", TestContext.Current.CancellationToken));
    }
}
