using System.Buffers.Binary;
using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>The shape of a picture that is written in strips.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples a pixel: 1, 3 or 4.</param>
/// <param name="BitDepth">Bits a sample: 8 or 16.</param>
internal readonly record struct StripShape(int Width, int Height, int Channels, int BitDepth);

/// <summary>
/// Pulls the rows of a picture in strips into an encoder, and its output into a file or into memory. The picture is never held whole here.
/// </summary>
/// <param name="shape">The picture's shape.</param>
/// <param name="rows">Gives the colours; called on the caller's thread, from the first row to the last, each row once.</param>
/// <param name="encoder">The encoder, to check that the picture library has it.</param>
/// <param name="save">Encodes the picture; called on another thread.</param>
internal sealed class StripEncoder(StripShape shape, RowSource rows, EncoderName encoder, Action<Image, Target> save)
{
    // Enough for the threads of a renderer to share, few enough to answer a cancellation soon.
    private const int PixelsPerStrip = 1 << 16;

    private readonly int _rowsPerStrip = Math.Clamp(PixelsPerStrip / shape.Width, 1, shape.Height);
    private float[] _colors = [];

    /// <summary>Writes the picture's file.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="PictureException">The file cannot be written, or a colour is not a number or infinite.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void Write(string path, bool overwrite, CancellationToken cancellationToken)
    {
        Prepare(path, cancellationToken);
        ReplacementFile.Save(path, overwrite, PictureException.ForWriting,
            file => Encode(file.Stream, path, file.Failed, cancellationToken), cancellationToken);
    }

    /// <summary>Makes the picture's file in memory; the name is for messages.</summary>
    public byte[] Encode(string name, CancellationToken cancellationToken)
    {
        Prepare(name, cancellationToken);
        using var stream = new MemoryStream();
        Encode(stream, name, exception => new PictureException(
            PictureProblem.WriteFailed, name, $"'{name}' could not be encoded: {exception.Message}", exception), cancellationToken);
        return stream.ToArray();
    }

    private void Prepare(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PictureLibrary.EnsureReady();
        if (NetVips.NetVips.TypeFind("VipsOperation", encoder.Saver) == 0)
            throw new PictureException(PictureProblem.UnsupportedFormat, name,
                $"'{name}' cannot be written: the picture library of this machine has no {encoder.Format} encoder. Use {encoder.Others}.");
    }

    private void Encode(Stream stream, string name, Func<Exception, Exception> failed, CancellationToken cancellationToken)
    {
        using var strips = new StripQueue();
        var picture = new TiffStream(shape, _rowsPerStrip, strips);
        // The encoder has its own thread, so that the rows are painted meanwhile, and on the caller's thread, as PowerShell needs.
        Task encoding = Task.Factory.StartNew(() => Encode(picture, strips, stream, name, failed),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            Paint(name, strips, cancellationToken);
        }
        catch
        {
            strips.Abort();
            // Its failure only follows from the one that is about to be thrown.
            Task.WaitAny([encoding], CancellationToken.None);
            _ = encoding.Exception;
            throw;
        }
        encoding.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Paint(string name, StripQueue strips, CancellationToken cancellationToken)
    {
        for (int row = 0; row < shape.Height; row += _rowsPerStrip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!strips.TryAdd(Pack(name, row, Math.Min(_rowsPerStrip, shape.Height - row)), cancellationToken))
                return;
        }
        strips.Complete();
    }

    /// <summary>Pulls rows and turns them into samples of 8 bits, or 16 bits little-endian.</summary>
    private byte[] Pack(string name, int firstRow, int rowCount)
    {
        int rowLength = shape.Width * shape.Channels, count = checked(rowCount * rowLength);
        if (_colors.Length < count)
            _colors = new float[count];
        Span<float> colors = _colors.AsSpan(0, count);
        rows(firstRow, rowCount, colors);
        for (int i = 0; i < colors.Length; i++)
            if (!float.IsFinite(colors[i]))
                throw new PictureException(PictureProblem.NotFinite, name,
                    FormattableString.Invariant($"'{name}' was not written: row {firstRow + i / rowLength} has a colour of {colors[i]}, ") +
                    "so the network that paints it is lost. Train it again with a smaller learning rate.");
        byte[] samples = new byte[count * (shape.BitDepth / 8)];
        if (shape.BitDepth == 16)
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(
                    samples.AsSpan(i * sizeof(ushort)), (ushort)(Math.Clamp(colors[i], 0f, 1f) * ushort.MaxValue + 0.5f));
        else
            for (int i = 0; i < count; i++)
                samples[i] = (byte)(Math.Clamp(colors[i], 0f, 1f) * byte.MaxValue + 0.5f);
        return samples;
    }

    private void Encode(TiffStream picture, StripQueue strips, Stream stream, string name, Func<Exception, Exception> failed)
    {
        var guard = new CallbackGuard();
        try
        {
            using var source = new SourceCustom();
            source.OnRead += (buffer, length) => (int)guard.Try(() => picture.Read(buffer.AsSpan(0, length)));
            source.OnSeek += (offset, origin) => guard.Try(() => picture.Seek(offset, origin));
            using var target = new TargetCustom();
            Action<ReadOnlySpan<byte>> write = encoder.Saver == PictureFormat.PngSaver ? new PngColorWriter(stream).Write : stream.Write;
            target.OnWrite += (buffer, length) => guard.Try(() =>
            {
                write(buffer.AsSpan(0, length));
                return (long)length;
            });
            // The TIFF encoder goes back to fill in its directory.
            target.OnRead += (buffer, length) => (int)guard.Try(() => stream.Read(buffer, 0, length));
            target.OnSeek += (offset, origin) => guard.Try(() => stream.Seek(offset, origin));
            using Image image = Image.TiffloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            save(image, target);
        }
        catch (VipsException exception) when (guard.Error is null)
        {
            throw PictureLibrary.MissingOperation(name, exception) ?? new PictureException(PictureProblem.WriteFailed, name,
                $"'{name}' could not be written: its encoder failed. Use another format, or a smaller size.", exception);
        }
        catch (VipsException)
        {
            // The error below is its cause.
        }
        finally
        {
            strips.Abort();
        }
        if (guard.Error is Exception error)
            throw failed(error);
    }
}
