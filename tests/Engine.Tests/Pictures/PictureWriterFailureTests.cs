namespace MonaLisa.Engine.Tests;

/// <summary>A write that does not succeed leaves the folder as it was.</summary>
public class PictureWriterFailureTests
{
    public static TheoryData<string> Extensions => [.. PictureWriter.SupportedExtensions];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void An_error_in_the_rows_comes_out_as_it_is(string extension)
    {
        var thrown = new InvalidOperationException("lost");

        Exception error = AssertLeavesOldFile(extension, (firstRow, _, colors) =>
        {
            if (firstRow > 300)
                throw thrown;
            colors.Fill(0.25f);
        }, TestContext.Current.CancellationToken);

        Assert.Same(thrown, error);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Cancelling_stops_the_write(string extension)
    {
        using var cancellation = new CancellationTokenSource();

        Exception error = AssertLeavesOldFile(extension, (firstRow, _, colors) =>
        {
            if (firstRow > 300)
                cancellation.Cancel();
            colors.Fill(0.25f);
        }, cancellation.Token);

        Assert.IsAssignableFrom<OperationCanceledException>(error);
    }

    [Fact]
    public void Cancelling_in_the_last_rows_still_counts()
    {
        using var cancellation = new CancellationTokenSource();

        Exception error = AssertLeavesOldFile(".png", (firstRow, rowCount, colors) =>
        {
            colors.Fill(0.25f);
            if (firstRow + rowCount == 1000)
                cancellation.Cancel();
        }, cancellation.Token);

        Assert.IsAssignableFrom<OperationCanceledException>(error);
    }

    [Fact]
    public void Nothing_is_asked_for_once_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        AssertLeavesOldFile(".png", (_, _, _) => Assert.Fail("Rows were asked for."), cancellation.Token);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_color_that_is_no_number_is_never_written(float color)
    {
        Exception error = AssertLeavesOldFile(".png", (firstRow, rowCount, colors) =>
        {
            colors.Fill(0.5f);
            if (firstRow <= 700 && firstRow + rowCount > 700)
                colors[(700 - firstRow) * 500 * 3 + 4] = color;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(PictureProblem.NotFinite, Assert.IsType<PictureException>(error).Problem);
        Assert.Contains("row 700", error.Message);
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_unasked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        File.WriteAllText(path, "old");

        AssertProblem(PictureProblem.FileExists, path);

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["picture.png"], folder.FileNames());
    }

    [Fact]
    public void A_file_that_appeared_meanwhile_is_not_replaced_unasked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");

        var error = Assert.Throws<PictureException>(() => PictureWriter.Write(path, 10, 10, (_, _, colors) =>
        {
            colors.Clear();
            File.WriteAllText(path, "other");
        }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(PictureProblem.FileExists, error.Problem);
        Assert.Equal("other", File.ReadAllText(path));
        Assert.Equal(["picture.png"], folder.FileNames());
    }

    [Fact]
    public void The_old_file_stays_until_the_new_one_is_complete()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        File.WriteAllText(path, "old");

        PictureWriter.Write(path, 500, 1000, (_, _, colors) =>
        {
            Assert.Equal("old", File.ReadAllText(path));
            colors.Clear();
        }, new() { Overwrite = true }, TestContext.Current.CancellationToken);

        Assert.Equal(["picture.png"], folder.FileNames());
        Assert.Equal(500, PictureReader.Read(path).Width);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        PictureException error = AssertProblem(PictureProblem.FolderMissing, Path.Combine(folder.Path, "nowhere", "picture.png"));

        Assert.Contains("nowhere", error.Message);
    }

    [Fact]
    public void A_file_is_no_folder_to_write_in()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "text");

        AssertProblem(PictureProblem.FolderMissing, Path.Combine(folder.File("file"), "picture.png"));
    }

    [Fact]
    public void A_folder_is_no_file_to_write()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("picture.png"));

        AssertProblem(PictureProblem.IsFolder, folder.File("picture.png"), new() { Overwrite = true });
    }

    [Fact]
    public void A_folder_where_nobody_may_write()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has a folder where not even root may write.");

        AssertProblem(PictureProblem.AccessDenied, "/proc/self/picture.png");
    }

    [Fact]
    public void A_folder_without_write_permission()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not stop this user.");
        using var folder = new TemporaryFolder();
        DirectoryInfo closed = Directory.CreateDirectory(folder.File("closed"));
        if (!OperatingSystem.IsWindows())
            closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        AssertProblem(PictureProblem.AccessDenied, Path.Combine(closed.FullName, "picture.png"));
    }

    [Theory]
    [InlineData("picture.bmp")]
    [InlineData("picture")]
    [InlineData("picture.png.txt")]
    public void An_unknown_extension_names_the_known_ones(string name)
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(".avif", AssertProblem(PictureProblem.UnsupportedFormat, folder.File(name)).Message);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".avif")]
    public void Sixteen_bits_are_refused_where_they_do_not_fit(string extension)
    {
        using var folder = new TemporaryFolder();

        AssertProblem(PictureProblem.UnsupportedBitDepth, folder.File("picture" + extension), new() { BitDepth = 16 });
    }

    [Theory]
    [InlineData(".jpg", 65_501)]
    [InlineData(".webp", 16_384)]
    [InlineData(".avif", 16_385)]
    public void A_side_that_the_format_cannot_hold_is_refused(string extension, int width)
    {
        using var folder = new TemporaryFolder();

        AssertProblem(PictureProblem.TooLarge, folder.File("picture" + extension), width: width);
    }

    [Theory]
    [InlineData(".jpg", 65_500)]
    [InlineData(".webp", 16_383)]
    [InlineData(".avif", 16_384)]
    public void The_longest_side_that_the_format_holds_is_written(string extension, int width)
    {
        using var folder = new TemporaryFolder();
        SamplePictures.Write(folder.File("picture" + extension), width, 2);

        Assert.Equal(width, PictureReader.Read(folder.File("picture" + extension)).Width);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality) =>
        Assert.Contains($"{quality}",
            Assert.Throws<ArgumentOutOfRangeException>(() => new PictureWriteOptions { Quality = quality }).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void A_bit_depth_other_than_8_or_16_is_refused(int bitDepth) =>
        Assert.Contains($"{bitDepth}",
            Assert.Throws<ArgumentOutOfRangeException>(() => new PictureWriteOptions { BitDepth = bitDepth }).Message);

    private static Exception AssertLeavesOldFile(string extension, RowSource rows, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture" + extension);
        File.WriteAllText(path, "old");

        Exception? error = Record.Exception(() =>
            PictureWriter.Write(path, 500, 1000, rows, new() { Overwrite = true }, cancellationToken));

        Assert.NotNull(error);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["picture" + extension], folder.FileNames());
        return error;
    }

    private static PictureException AssertProblem(PictureProblem problem, string path, PictureWriteOptions? options = null, int width = 10)
    {
        var error = Assert.Throws<PictureException>(() =>
            PictureWriter.Write(path, width, 10, (_, _, colors) => colors.Clear(), options, TestContext.Current.CancellationToken));

        Assert.Equal(problem, error.Problem);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message);
        Assert.EndsWith(".", error.Message);
        return error;
    }
}
