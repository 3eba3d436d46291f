using System.Runtime.InteropServices;
using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Reads pictures: JPEG, PNG, WebP, TIFF, GIF and AVIF, whatever the file is called, as red, green and blue in sRGB.
/// The orientation in the EXIF data is applied, colours are converted by the picture's ICC profile (relative colorimetric, black
/// point compensated), transparent parts are laid on white, and of several pages the first is taken. Samples stay 8 or 16 bits.
/// </summary>
public static class PictureReader
{
    /// <summary>The most pixels read, 2^28 (16,384 x 16,384): a small file can claim far more than memory holds.</summary>
    public const int MaxPixels = 1 << 28;

    private static readonly HashSet<string> Loaders =
    [
        "VipsForeignLoadJpegSource", "VipsForeignLoadPngSource", "VipsForeignLoadWebpSource", "VipsForeignLoadTiffSource",
        "VipsForeignLoadNsgifSource", "VipsForeignLoadHeifSource", "VipsForeignLoadUhdrSource",
    ];

    /// <summary>Reads a picture. It takes little more memory than the picture itself.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <param name="maxSize">
    /// The most pixels along the longer side, at least 1, or null. A larger picture is shrunk with a Lanczos-3 filter in linear
    /// light, so that fine stripes of black and white become the grey they are seen as; a smaller one stays as it is.
    /// </param>
    /// <exception cref="PictureException">The file is not there, or is not a whole picture that can be read.</exception>
    public static PixelDataset Read(string path, int? maxSize = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (maxSize < 1)
            throw new ArgumentOutOfRangeException(nameof(maxSize), maxSize,
                $"The largest side is {maxSize} pixels; it must be at least 1.");
        path = Path.GetFullPath(path);
        using FileStream stream = Open(path);
        string? format = CheckFormat(path, stream);
        PictureLibrary.EnsureReady();
        return Decode(path, stream, format, maxSize);
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new PictureException(PictureProblem.IsFolder, path,
                $"'{path}' is a folder, not a picture. Give the pictures in it, for example with a wildcard.");
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.CanSeek && stream.Length > 0)
                return stream;
            stream.Dispose();
            throw new PictureException(PictureProblem.Empty, path,
                $"'{path}' is empty. Copy or download it again.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException(PictureProblem.NotFound, path,
                $"'{path}' does not exist. Check the name and the folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PictureException(PictureProblem.AccessDenied, path,
                $"'{path}' cannot be read: access is denied. Change the file's permissions, or copy it to a folder of your own.",
                exception);
        }
        catch (IOException exception)
        {
            throw ReadFailed(path, exception);
        }
    }

    // The format that the file's first bytes name; null where they are no picture's.
    private static string? CheckFormat(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[PictureSignature.Length];
        try
        {
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            stream.Position = 0;
        }
        catch (IOException exception)
        {
            throw ReadFailed(path, exception);
        }
        if (PictureSignature.Find(start) is not { } signature)
            return null;
        return signature.IsRead ? signature.Format : throw Unsupported(path, signature.Format);
    }

    private static PixelDataset Decode(string path, FileStream stream, string? format, int? maxSize)
    {
        Exception? readError = null;
        // An exception must not cross the native frames around a callback: it is kept, and libvips is told of a failure.
        long Try(Func<long> action)
        {
            try
            {
                return action();
            }
            catch (Exception exception)
            {
                readError ??= exception;
                return -1;
            }
        }

        using var source = new SourceCustom();
        source.OnRead += (buffer, length) => (int)Try(() => stream.Read(buffer, 0, length));
        // A damaged file may send the decoder anywhere; that is no failure of the disk.
        source.OnSeek += (offset, origin) => Try(() =>
        {
            long start = origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => stream.Position, _ => stream.Length };
            long position = unchecked(start + offset);
            return position < 0 ? -1 : stream.Position = position;
        });
        try
        {
            using Image file = OpenImage(path, source, format);
            int orientation = file.Contains("orientation") ? (int)file.Get("orientation") : 1;
            using Image picture = PictureColor.ToRgb(path, file);
            using Image shrunk = Shrink(picture, maxSize);
            return Collect(path, shrunk, orientation);
        }
        catch (VipsException exception)
        {
            if (readError is not null)
                throw ReadFailed(path, readError);
            throw Damaged(path, format, exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new PictureException(PictureProblem.TooLarge, path,
                $"There is not enough memory for '{path}'. Ask for a smaller size.", exception);
        }
    }

    private static Image OpenImage(string path, Source source, string? format)
    {
        // Asked for by itself, because the text of libvips' errors is shared by every thread and may be another's.
        string? loader = Image.FindLoadSource(source);
        if (loader is null && format is not null)
            throw Damaged(path, format, null);
        if (loader is null)
            throw new PictureException(PictureProblem.NotAPicture, path,
                $"'{path}' is not a picture: its content is of no known format. Give a JPEG, PNG, WebP, TIFF, GIF or AVIF file.");
        if (!Loaders.Contains(loader))
            throw Unsupported(path, null);
        Image image = Image.NewFromSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
        long pixels = (long)image.Width * image.Height;
        if (pixels <= MaxPixels)
            return image;
        using (image)
            throw new PictureException(PictureProblem.TooLarge, path,
                $"'{path}' has {image.Width} x {image.Height} pixels, {pixels:N0} in all; at most {MaxPixels:N0} are read. " +
                "Shrink or crop it with a picture editor first.");
    }

    private static Image Shrink(Image picture, int? maxSize)
    {
        int longest = Math.Max(picture.Width, picture.Height);
        if (maxSize is not { } size || longest <= size)
            return picture.Copy();
        double scale = (double)size / longest;
        double width = Math.Max(1, Math.Round(picture.Width * scale));
        double height = Math.Max(1, Math.Round(picture.Height * scale));
        using Image linear = picture.Colourspace(Enums.Interpretation.Scrgb);
        using Image small = linear.Resize(width / picture.Width, kernel: Enums.Kernel.Lanczos3, vscale: height / picture.Height);
        return small.Colourspace(picture.Format == Enums.BandFormat.Ushort ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
    }

    private static PixelDataset Collect(string path, Image image, int orientation)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        var placement = new PixelPlacement(image.Width, image.Height, orientation);
        if (image.Format == Enums.BandFormat.Ushort)
            return new PixelDataset(name, placement.Width, placement.Height, Collect<ushort>(image, placement), path);
        return new PixelDataset(name, placement.Width, placement.Height, Collect<byte>(image, placement), path);
    }

    // The pixels are decoded in the file's order and stream past; each row goes straight to where the orientation puts it.
    private static T[] Collect<T>(Image image, PixelPlacement placement) where T : unmanaged
    {
        T[] samples = GC.AllocateUninitializedArray<T>(checked(image.Width * image.Height * PixelDataset.Channels));
        T[] row = new T[image.Width * PixelDataset.Channels];
        int filled = 0, y = 0;
        using var target = new TargetCustom();
        target.OnWrite += (buffer, length) =>
        {
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, length);
            while (bytes.Length > 0)
            {
                if (y == image.Height)
                    return -1;
                Span<byte> rest = MemoryMarshal.AsBytes(row.AsSpan())[filled..];
                int count = Math.Min(rest.Length, bytes.Length);
                bytes[..count].CopyTo(rest);
                bytes = bytes[count..];
                filled += count;
                if (count < rest.Length)
                    break;
                placement.PlaceRow<T>(y++, row, samples);
                filled = 0;
            }
            return length;
        };
        image.RawsaveTarget(target, keep: Enums.ForeignKeep.None);
        return y == image.Height ? samples : throw new VipsException("rows are missing");
    }

    private static PictureException Damaged(string path, string? format, Exception? exception) => new(PictureProblem.Damaged, path,
        $"'{path}' is cut short or damaged: {(format is null ? "it" : $"its {format} content")} cannot be decoded to the end. " +
        "Copy or download it again, or repair it with a picture editor.", exception);

    private static PictureException Unsupported(string path, string? format) => new(PictureProblem.UnsupportedFormat, path,
        $"'{path}' is {(format is null ? "of a format that" : $"a {format} file, which")} is not read here. " +
        "Convert it to PNG or JPEG first.");

    private static PictureException ReadFailed(string path, Exception exception) => new(PictureProblem.ReadFailed, path,
        $"'{path}' could not be read: {exception.Message} Check that no other program holds it and that its disk is still connected.",
        exception);
}
