using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Decodes an image in the file's order, a row at a time.</summary>
internal static class ImageRows
{
    private const int ShortRow = 256, TallPicture = 65_536, RowsAtOnce = 256;

    /// <summary>Hands over the number of every stored row, from 0, and its samples, <c>[width, bands]</c>. What the handler throws comes out here.</summary>
    /// <exception cref="VipsException">The image cannot be decoded to its end, or the decoding was stopped.</exception>
    public static void ForEach<T>(Image image, Action<int, ReadOnlySpan<T>> handle, CancellationToken cancellation) where T : unmanaged
    {
        if (HasShortRows(image))
        {
            ForEachShort(image, handle, cancellation);
            return;
        }
        T[] row = new T[image.Width * image.Bands];
        int height = image.Height, filled = 0, y = 0;
        var guard = new CallbackGuard();
        using var target = new TargetCustom();
        target.OnWrite += (buffer, length) => guard.Try(() =>
        {
            if (cancellation.IsCancellationRequested)
                return -1;
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, length);
            while (bytes.Length > 0)
            {
                if (y == height)
                    return -1;
                Span<byte> rest = MemoryMarshal.AsBytes(row.AsSpan())[filled..];
                int count = Math.Min(rest.Length, bytes.Length);
                bytes[..count].CopyTo(rest);
                bytes = bytes[count..];
                filled += count;
                if (count < rest.Length)
                    break;
                handle(y++, row);
                filled = 0;
            }
            return length;
        });
        try
        {
            image.RawsaveTarget(target, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException) when (guard.Error is not null)
        {
            ExceptionDispatchInfo.Throw(guard.Error);
        }
        if (y != height)
            throw new VipsException("rows are missing");
    }

    // libvips hands over a few rows at a time, each time between threads, which for 1 x 10,000,000 pixels takes six times as long as
    // fetching blocks of rows. Blocks of more rows than these are slower again: libvips' cache keeps as many.
    private static bool HasShortRows(Image image) => image.Width <= ShortRow && image.Height > TallPicture;

    private static void ForEachShort<T>(Image image, Action<int, ReadOnlySpan<T>> handle, CancellationToken cancellation) where T : unmanaged
    {
        using Region region = Region.New(image);
        for (int first = 0; first < image.Height; first += RowsAtOnce)
        {
            if (cancellation.IsCancellationRequested)
                throw new VipsException("stopped");
            int count = Math.Min(RowsAtOnce, image.Height - first);
            ReadOnlySpan<T> samples = MemoryMarshal.Cast<byte, T>(region.Fetch(0, first, image.Width, count));
            int rowLength = samples.Length / count;
            for (int y = 0; y < count; y++)
                handle(first + y, samples.Slice(y * rowLength, rowLength));
        }
    }

    /// <summary>Decodes an image to its end and keeps nothing of it.</summary>
    /// <exception cref="VipsException">The image cannot be decoded to its end, or the decoding was stopped.</exception>
    public static void RequireAll(Image image, CancellationToken cancellation)
    {
        if (HasShortRows(image))
        {
            ForEachShort<byte>(image, (_, _) => { }, cancellation);
            return;
        }
        using var target = new TargetCustom();
        target.OnWrite += (_, length) => cancellation.IsCancellationRequested ? -1 : length;
        image.RawsaveTarget(target, keep: Enums.ForeignKeep.None);
    }
}
