"""Twilio's error answers."""

from django.http import JsonResponse

TEXTS = {
    20001: (400, "Invalid parameter"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (409, "Resource not complete: wait until the message has reached its final status"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    21211: (400, "Invalid 'To' Phone Number"),
    21603: (400, "A 'From' phone number is required"),
    21604: (400, "A 'To' phone number is required"),
    21609: (400, "Invalid 'StatusCallback' URL"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21619: (400, "A text message body or media urls must be specified"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21655: (400, "The ContentSid is Invalid"),
    21656: (400, "The ContentVariables Parameter is invalid"),
    21910: (400, "Invalid 'From' and 'To' pair: both should be of the same channel"),
    63007: (400, "Twilio could not find a Channel with the specified From address"),
}


class ApiError(Exception):
    """Ends a request with one of Twilio's codes."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.status, self.text = TEXTS[code]
        super().__init__(self.text)

    def response(self) -> JsonResponse:
        answer = JsonResponse(
            {
                "code": self.code,
                "message": self.text,
                "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
                "status": self.status,
            },
            status=self.status,
        )
        if self.status == 401:
            answer["WWW-Authenticate"] = 'Basic realm="Twilio API"'
        return answer
