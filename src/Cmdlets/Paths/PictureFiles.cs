using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Reads pictures for a command.</summary>
internal static class PictureFiles
{
    /// <summary>Reads a picture on another thread; null after the error was written.</summary>
    public static PixelDataset? TryRead(StoppableCommand command, string file, int? maxSize = null)
    {
        try
        {
            return command.InBackground((_, _) => PictureReader.Read(file, maxSize));
        }
        catch (PictureException exception)
        {
            command.WriteError(CommandErrors.Picture(exception, file));
            return null;
        }
    }
}
