namespace MonaLisa.Engine.Tests;

/// <summary>Reading that is no longer wanted ends, and says nothing of the file.</summary>
public sealed class PictureStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(".png"), InlineData(".jpg"), InlineData(".webp"), InlineData(".tif"), InlineData(".avif")]
    public void Nothing_is_read_after_the_stop(string extension)
    {
        string file = Painted(extension);
        Assert.Equal(96, PictureReader.Read(file, new PictureReadOptions()).Width);
        Assert.Throws<OperationCanceledException>(
            () => PictureReader.Read(file, new PictureReadOptions { Cancellation = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void A_stop_between_the_header_and_the_pixels_ends_the_decoding()
    {
        string file = Path.Combine(_folder.Path, "turned.tif");
        const int orientation = 274, turnedRight = 6;
        File.WriteAllBytes(file, new TiffFile(64, 64, 1, 8, 1, new byte[64 * 64]).Set(orientation, turnedRight).Encode());
        using var stop = new CancellationTokenSource();
        var options = new PictureReadOptions { Notify = _ => stop.Cancel(), Cancellation = stop.Token };
        Assert.Throws<OperationCanceledException>(() => PictureReader.Read(file, options));
        Assert.True(stop.IsCancellationRequested);
    }

    private string Painted(string extension)
    {
        string file = Path.Combine(_folder.Path, "a" + extension);
        PictureWriter.Write(file, 96, 96, (_, _, colors) => colors.Fill(0.5f), new PictureWriteOptions());
        return file;
    }
}
