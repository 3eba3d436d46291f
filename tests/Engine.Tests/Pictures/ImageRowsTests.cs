using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

public class ImageRowsTests
{
    [Theory, InlineData(8, 6), InlineData(2, 70_000)]
    public void What_the_handler_of_rows_throws_comes_out(int width, int height)
    {
        PictureLibrary.EnsureReady();
        using Image image = Image.Black(width, height);
        int rows = 0;
        var thrown = Assert.Throws<InvalidOperationException>(() => ImageRows.ForEach<byte>(
            image, (y, _) => rows = y < 3 ? y + 1 : throw new InvalidOperationException("no room"), TestContext.Current.CancellationToken));
        Assert.Equal(("no room", 3), (thrown.Message, rows));
    }
}
